package dev.starling.fleet;

import dev.starling.base.SimTime;
import java.util.Map;

/**
 * One update of asynchronous training.
 *
 * @param round when it opens (the update before), when it closes (its last report), who reported and at what cost
 * @param starts when each reporter was asked, and with which version
 */
public record AsyncPlan(RoundPlan round, Map<Integer, Start> starts) {

    public AsyncPlan {
        starts = Map.copyOf(starts);
    }

    /** The moment at which a device was asked to work, and the base version of that moment. */
    public record Start(int version, SimTime at) {}
}
