package dev.starling.fleet;

import java.util.Map;

/**
 * One update of asynchronous training.
 *
 * @param round when it opens (the update before), when it closes (its last report), who reported and at what cost
 * @param startVersions base version that each reporter started from
 */
public record AsyncPlan(RoundPlan round, Map<Integer, Integer> startVersions) {

    public AsyncPlan {
        startVersions = Map.copyOf(startVersions);
    }
}
