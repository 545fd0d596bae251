package dev.starling.fleet.selection;

import java.util.List;

/** A strategy that chooses whom to ask. Pure: the same round, candidates and history give the same devices. */
@FunctionalInterface
public interface Selection {

    /**
     * Chooses.
     *
     * @param round counts from 1
     * @param count devices wanted; fewer come back if no more can be had
     * @return in order of selection, no device twice
     */
    List<Invitation> select(int round, int count, Candidates candidates, FleetHistory history);
}
