package dev.starling.metrics;

import dev.starling.base.DropOutReason;
import java.util.List;
import java.util.Map;

/**
 * What a round was for the fleet, whether it counted or not.
 *
 * @param refused devices asked that took no work, for want of examples
 * @param started devices that took the work
 * @param dropOuts devices that took it and never reported, by reason
 * @param deviceSeconds device time that the work took
 * @param wastedDeviceSeconds device time of those that never reported, and of the late
 * @param wastedBytes sent to and from those
 * @param joules energy that all devices spent
 * @param wastedJoules part of it spent by the late and those that dropped out
 * @param meteredBytes sent and received over metered networks, whether it counted or not
 * @param checkInsServed devices that came by themselves and were given work
 * @param checkInsRefused devices that came and were told to come back later
 * @param staleness of the reports that counted; empty for a synchronous round
 * @param hours of fleet time that ended with this round
 */
public record FleetFigures(
        int refused,
        int started,
        Map<DropOutReason, Integer> dropOuts,
        double deviceSeconds,
        double wastedDeviceSeconds,
        long wastedBytes,
        double joules,
        double wastedJoules,
        long meteredBytes,
        long checkInsServed,
        long checkInsRefused,
        Staleness staleness,
        List<FleetHour> hours) {

    public static final FleetFigures NONE =
            new FleetFigures(0, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, Staleness.NONE, List.of());

    public FleetFigures {
        dropOuts = Map.copyOf(dropOuts);
        hours = List.copyOf(hours);
    }

    int droppedOut(DropOutReason reason) {
        return dropOuts.getOrDefault(reason, 0);
    }
}
