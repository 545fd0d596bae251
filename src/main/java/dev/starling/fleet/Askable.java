package dev.starling.fleet;

import dev.starling.base.SimTime;
import dev.starling.fleet.life.EligibleTime;
import dev.starling.fleet.life.Spell;
import dev.starling.fleet.selection.FleetHistory;

/** Whether a device may be asked: it can hold the model and a batch, has cooled down, and is eligible. */
public final class Askable {

    private final Fleet fleet;
    private final double memoryBytes;
    private final boolean allHold;
    private final EligibleTime life;
    private final double coolDownSeconds;
    private final boolean anyMayRetire;

    public Askable(Fleet fleet, Workload workload, EligibleTime life, double coolDownSeconds) {
        this(fleet, workload, life, coolDownSeconds, false);
    }

    /** @param anyMayRetire whether devices can leave the rounds for good */
    Askable(Fleet fleet, Workload workload, EligibleTime life, double coolDownSeconds, boolean anyMayRetire) {
        this.anyMayRetire = anyMayRetire;
        this.fleet = fleet;
        this.memoryBytes = workload.memoryBytes();
        this.allHold = fleet.allHold(memoryBytes);
        this.life = life;
        this.coolDownSeconds = coolDownSeconds;
    }

    boolean always() {
        return allHold && coolDownSeconds <= 0 && !anyMayRetire && life.isAlways();
    }

    /** Whether the coordinator would give this device work at {@code moment}. */
    boolean now(int device, SimTime moment, FleetHistory history) {
        // What most devices fail stands first.
        return holds(device)
                && life.eligible(device, moment)
                && history.cooledDown(device, moment, coolDownSeconds)
                && !(anyMayRetire && history.isRetired(device));
    }

    /** Until when a device stays as eligible as it is at {@code moment}, whatever the coordinator does. */
    SimTime unchangedUntil(int device, SimTime moment) {
        return holds(device) ? life.unchangedUntil(device, moment) : Spell.NEVER;
    }

    public boolean holds(int device) {
        return allHold || fleet.classOf(device).memoryBytes() >= memoryBytes;
    }

    /** Whether the device itself would work: it knows nothing of the coordinator's cool-down. */
    public boolean checksIn(int device, SimTime moment) {
        return holds(device) && life.eligible(device, moment);
    }
}
