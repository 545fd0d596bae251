package dev.starling.fleet.life;

import dev.starling.base.DropOutReason;
import dev.starling.base.SimTime;
import java.util.Optional;

/** Who is eligible when, and until when. For one device at a time, so that synchronous and asynchronous loops can ask. */
public final class EligibleTime {

    private final Availability availability;
    private final Eligibility eligibility;

    public EligibleTime(Availability availability, Eligibility eligibility) {
        this.availability = availability;
        this.eligibility = eligibility;
    }

    /** When and why a device stopped being eligible. */
    public record Lapse(SimTime at, DropOutReason reason) {}

    /** Whether every device is eligible all the time. */
    public boolean isAlways() {
        return availability == Availability.ALWAYS && eligibility.isAlways();
    }

    public boolean eligible(int device, SimTime moment) {
        return isAlways() || eligibility.allows(availability.now(device, moment));
    }

    /** Until when nothing changes for a device that could make it eligible, or no more. */
    public SimTime unchangedUntil(int device, SimTime moment) {
        return isAlways() ? Spell.NEVER : availability.at(device, moment).until();
    }

    /** Whether a device that works at {@code moment} pays for its bytes. */
    public boolean metered(int device, SimTime moment) {
        return availability != Availability.ALWAYS
                && eligibility.allowsMetered()
                && !availability.at(device, moment).state().unmetered();
    }

    /**
     * The first moment after {@code from} and before {@code to} at which a device, eligible at {@code from}, is no more.
     *
     * @param batteryShare what the work takes off the battery between the two moments, share of its capacity
     */
    public Optional<Lapse> lapse(int device, SimTime from, SimTime to, double batteryShare) {
        if (isAlways()) {
            return Optional.empty();
        }
        Spell spell = availability.at(device, from);
        double total = Math.max(1, to.millisSince(from));
        while (spell.until().compareTo(to) < 0) {
            SimTime now = spell.until();
            Spell next = availability.at(device, now);
            DeviceState state = next.state().drained(batteryShare * now.millisSince(from) / total);
            if (!eligibility.allows(state)) {
                return Optional.of(new Lapse(now, eligibility.reason(spell.state(), state)));
            }
            spell = next;
        }
        return Optional.empty();
    }
}
