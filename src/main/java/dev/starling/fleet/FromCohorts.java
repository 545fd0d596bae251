package dev.starling.fleet;

import dev.starling.base.SimTime;
import dev.starling.fleet.selection.FleetHistory;
import dev.starling.fleet.selection.Invitation;

/** Cohorts that need no search: every device is ready, or a file says who is asked. Who cannot be asked is left out. */
record FromCohorts(CohortSelector selector, Askable askable) implements Recruiting {

    @Override
    public Recruits recruit(int round, SimTime now, int count, FleetHistory history) {
        return new Recruits(
                now,
                selector.select(round, count).stream()
                        .filter(device -> askable.always() || askable.now(device, now, history))
                        .map(device -> new Invitation(device, now))
                        .toList());
    }
}
