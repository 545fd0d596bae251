package dev.starling.fleet;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Small fleets with round figures for tests of the plan. */
final class Fleets {

    static final SimTime OPENING = new SimTime(1_000_000_000_000L);

    /** 1 MFLOP/s, 1000 bytes/s down, 500 bytes/s up, all alike. */
    static final DeviceClass STEADY = new DeviceClass("steady", 1, 1e6, 1000, 500, 0, 0);

    /** 2000 bytes down, 1000 up, 1000 flops an example: 4 s of transfer, 1 ms an example on {@link #STEADY}. */
    static final Workload WORKLOAD = new Workload(2000, 1000, 1000, 1, 10, false);

    private Fleets() {}

    static Fleet of(int devices, long seed, DeviceClass... classes) {
        return new Fleet(new FleetSettings(devices, OPENING, List.of(classes)), new Seeds(seed));
    }

    static RoundSettings rounds(int cohort, double overSelection, double deadlineSeconds, int minimumReports) {
        return new RoundSettings(
                cohort, overSelection, deadlineSeconds, minimumReports, 0, Optional.empty(), Optional.empty());
    }

    static RoundPlanner planner(
            Fleet fleet, RoundSettings rounds, Workload workload, IntUnaryOperator examples, long seed) {
        return new RoundPlanner(
                fleet,
                rounds,
                workload,
                (device, now) -> examples.applyAsInt(device),
                new UniformSelector(fleet.devices(), new Seeds(seed)),
                new Seeds(seed));
    }
}
