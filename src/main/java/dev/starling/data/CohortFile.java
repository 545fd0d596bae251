package dev.starling.data;

import dev.starling.base.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cohorts that were drawn elsewhere: an {@code .npy} of integers, {@code [rounds, cohort]}, so that an experiment can be
 * repeated exactly.
 */
public final class CohortFile {

    private final int cohort;
    private final int[] ids;

    private CohortFile(int cohort, int[] ids) {
        this.cohort = cohort;
        this.ids = ids;
    }

    /** InputException unless every row holds different device ids from 0 to {@code devices} − 1. */
    public static CohortFile read(Path file, int devices) {
        NpyArray array = NpyFile.read(file);
        if (array.shape().size() != 2 || array.shape().contains(0)) {
            throw new InputException(file.toString(), "must have shape [rounds, cohort], got " + array.shape());
        }
        CohortFile cohorts = new CohortFile(array.shape().get(1), array.toInts());
        for (int round = 0; round < cohorts.rounds(); round++) {
            Set<Integer> seen = new HashSet<>();
            for (int device : cohorts.devices(round)) {
                if (device < 0 || device >= devices) {
                    throw new InputException(
                            file.toString(),
                            "must hold device ids from 0 to " + (devices - 1) + ", got " + device + " in row " + round);
                }
                if (!seen.add(device)) {
                    throw new InputException(
                            file.toString(),
                            "must name a device once per round, got " + device + " twice in row " + round);
                }
            }
        }
        return cohorts;
    }

    public int rounds() {
        return ids.length / cohort;
    }

    /** Devices per round. */
    public int cohort() {
        return cohort;
    }

    /** The devices of row {@code row}, from 0, in the order of the file. */
    public List<Integer> devices(int row) {
        return Arrays.stream(ids, row * cohort, (row + 1) * cohort).boxed().toList();
    }
}
