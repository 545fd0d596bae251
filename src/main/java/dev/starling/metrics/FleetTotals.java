package dev.starling.metrics;

import dev.starling.base.DropOutReason;
import java.util.EnumMap;
import java.util.Map;

/** Sums of {@link FleetFigures} over the rounds of a run. */
public record FleetTotals(
        long refused,
        long started,
        Map<DropOutReason, Long> dropOuts,
        double deviceSeconds,
        double wastedDeviceSeconds,
        long wastedBytes,
        double joules,
        double wastedJoules,
        long meteredBytes,
        long checkInsServed,
        long checkInsRefused,
        Staleness staleness) {

    public static final FleetTotals NONE = new FleetTotals(0, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, Staleness.NONE);

    public FleetTotals {
        dropOuts = Map.copyOf(dropOuts);
    }

    FleetTotals plus(FleetFigures round) {
        Map<DropOutReason, Long> sums = new EnumMap<>(DropOutReason.class);
        sums.putAll(dropOuts);
        round.dropOuts().forEach((reason, count) -> sums.merge(reason, (long) count, Long::sum));
        return new FleetTotals(
                refused + round.refused(),
                started + round.started(),
                sums,
                deviceSeconds + round.deviceSeconds(),
                wastedDeviceSeconds + round.wastedDeviceSeconds(),
                wastedBytes + round.wastedBytes(),
                joules + round.joules(),
                wastedJoules + round.wastedJoules(),
                meteredBytes + round.meteredBytes(),
                checkInsServed + round.checkInsServed(),
                checkInsRefused + round.checkInsRefused(),
                staleness.plus(round.staleness()));
    }
}
