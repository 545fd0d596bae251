package dev.starling.fleet;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;

/** What one device makes of one round's work, in fleet time. */
final class WorkPlanner {

    /** Longest time that is told apart, 31,000 years: keeps fleet time inside a long, however slow a device is. */
    private static final double MAX_MILLIS = 1e15;

    /** Less than this above or below a whole millisecond is dust of binary arithmetic: 4.03 s are 4030 ms. */
    private static final double DUST_MILLIS = 1e-6;

    private final Fleet fleet;
    private final Workload workload;
    private final ExampleCounts trainingCount;
    private final double deadlineSeconds;
    private final long deadlineMillis;
    private final Seeds seeds;

    WorkPlanner(Fleet fleet, Workload workload, ExampleCounts trainingCount, double deadlineSeconds, Seeds seeds) {
        this.fleet = fleet;
        this.workload = workload;
        this.trainingCount = trainingCount;
        this.deadlineSeconds = deadlineSeconds;
        this.deadlineMillis = (long) Math.min(MAX_MILLIS, Math.floor(deadlineSeconds * 1000 + DUST_MILLIS));
        this.seeds = seeds;
    }

    /**
     * One device's work.
     *
     * @param examples training examples; 0 if it declines
     * @param steps local steps it takes
     * @param millis from being asked to the report's arrival, or to dropping out; rounded up
     * @param droppedOut whether it never reports
     */
    record Work(int device, int examples, int steps, long millis, boolean droppedOut) {

        boolean declined() {
            return examples == 0;
        }

        boolean finished() {
            return !declined() && !droppedOut;
        }
    }

    /** The last millisecond of a round in which a report is in time. */
    long deadlineMillis() {
        return deadlineMillis;
    }

    /** What {@code device} makes of a round that opens at {@code now}. */
    Work work(int round, int device, SimTime now) {
        int examples = trainingCount.of(device, now);
        if (examples == 0) {
            return new Work(device, 0, 0, 0, false);
        }
        DeviceProfile profile = fleet.profile(device);
        int steps = workload.partialWork() ? stepsInTime(profile, examples) : workload.steps(examples);
        long millis = millis(profile, examples, steps);
        Rng rng = seeds.of(Purpose.DROP_OUT, device, round);
        if (rng.nextDouble() < profile.dropOut()) {
            // It gives up at any point of its work with equal probability.
            return new Work(device, examples, steps, (long) (rng.nextDouble() * millis), true);
        }
        return new Work(device, examples, steps, millis, false);
    }

    /** The steps whose report arrives by the deadline; 1 if none does, and that one will be late. */
    private int stepsInTime(DeviceProfile profile, int examples) {
        double trainingSeconds = deadlineSeconds - transferSeconds(profile);
        double budget = trainingSeconds * profile.flopsPerSecond() / workload.flopsPerExample();
        int steps = Math.max(1, workload.stepsWithin(examples, budget));
        // The product above and the sum below may differ in their last bit.
        while (steps > 1 && millis(profile, examples, steps) > deadlineMillis) {
            steps--;
        }
        return steps;
    }

    private long millis(DeviceProfile profile, int examples, int steps) {
        double trainingSeconds =
                workload.flopsPerExample() * workload.examplesSeen(examples, steps) / profile.flopsPerSecond();
        return (long)
                Math.min(MAX_MILLIS, Math.ceil((transferSeconds(profile) + trainingSeconds) * 1000 - DUST_MILLIS));
    }

    private double transferSeconds(DeviceProfile profile) {
        return workload.downBytes() / profile.downBytesPerSecond() + workload.upBytes() / profile.upBytesPerSecond();
    }
}
