package dev.starling.coordinator;

import dev.starling.base.DivergedException;
import dev.starling.device.BaseModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The base models between two rounds. Each is a version of its own; after a merge, and always in training without
 * tiers, all of them are the same one.
 *
 * @param global what the fleet has learnt so far: the newest version, evaluated and reported
 * @param merged the last one that all regions started from
 * @param regional where the devices of each region start
 */
record Bases(BaseModel global, BaseModel merged, List<BaseModel> regional) {

    Bases {
        regional = List.copyOf(regional);
    }

    /** The same base for all {@code regions}. */
    static Bases same(BaseModel base, int regions) {
        return new Bases(base, base, Collections.nCopies(regions, base));
    }

    /** All of them, each version once, in order. */
    List<BaseModel> versions() {
        Map<Integer, BaseModel> versions = new TreeMap<>();
        regional.forEach(base -> versions.put(base.version(), base));
        versions.put(global.version(), global);
        return List.copyOf(versions.values());
    }

    /**
     * These, if every value of them is finite.
     *
     * @param round that leads to them
     * @param serverRate the server's learning rate, for the message
     * @param localRate that of local training
     * @throws DivergedException naming the first value that is not: such a round is not to be committed
     */
    Bases finite(int round, double serverRate, double localRate) {
        Optional<String> value = versions().stream()
                .flatMap(base -> base.weights().notFinite().stream())
                .findFirst();
        if (value.isPresent()) {
            throw new DivergedException("round " + round + " would lead to a base model that is not finite ("
                    + value.get() + "); it does not count, and the run ends with what was before:"
                    + " algorithm.server.learning-rate (" + serverRate + ") or local.learning-rate (" + localRate
                    + ") must be smaller");
        }
        return this;
    }

    /** Those, and the one that the next merge steps from. */
    List<BaseModel> needed() {
        List<BaseModel> needed = new ArrayList<>(versions());
        if (needed.stream().noneMatch(base -> base.version() == merged.version())) {
            needed.add(merged);
        }
        return needed;
    }
}
