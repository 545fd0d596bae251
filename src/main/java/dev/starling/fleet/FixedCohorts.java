package dev.starling.fleet;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Cohorts that were drawn elsewhere, so that an experiment can be repeated exactly. */
public final class FixedCohorts implements CohortSelector {

    private final String origin;
    private final List<List<Integer>> cohorts;

    /**
     * @param origin file that the cohorts come from, for messages
     * @param cohorts device ids of round 1, 2, …
     * @param devices size of the fleet
     * @throws InputException naming every id that is not in the fleet or is twice in its round
     */
    public FixedCohorts(String origin, List<List<Integer>> cohorts, int devices) {
        List<Problem> problems = new ArrayList<>();
        for (int row = 0; row < cohorts.size(); row++) {
            check(origin, row, cohorts.get(row), devices, problems);
        }
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
        this.origin = origin;
        this.cohorts = cohorts.stream().map(List::copyOf).toList();
    }

    private static void check(String origin, int row, List<Integer> cohort, int devices, List<Problem> problems) {
        HashSet<Integer> seen = new HashSet<>();
        for (int device : cohort) {
            if (device < 0 || device >= devices) {
                problems.add(new Problem(
                        origin, "row " + row + ": device ids must be 0 to " + (devices - 1) + ", got " + device));
            } else if (!seen.add(device)) {
                problems.add(new Problem(
                        origin,
                        "row " + row + ": a device must be at most once in a cohort, got " + device + " twice"));
            }
        }
    }

    /** How many rounds the file covers. */
    public int rounds() {
        return cohorts.size();
    }

    /** The first {@code count} devices of the round's row; throws InputException if there are not so many. */
    @Override
    public List<Integer> select(int round, int count) {
        if (round < 1 || round > cohorts.size()) {
            throw new InputException(
                    origin,
                    "rounds.cohorts must cover every round, has " + cohorts.size() + ", asked for round " + round);
        }
        List<Integer> row = cohorts.get(round - 1);
        if (row.size() < count) {
            throw new InputException(
                    origin, "row " + (round - 1) + " must have at least " + count + " devices, has " + row.size());
        }
        return row.subList(0, count);
    }
}
