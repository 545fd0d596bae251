package dev.starling.coordinator;

import java.util.function.LongSupplier;

/** Wall time of a run and of its rounds, only for measuring. */
final class RunClock {

    private final LongSupplier nanoTime;
    private final long runStarted;
    private long roundStarted;
    private double trainingSeconds;
    private double earlierSeconds;

    RunClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.runStarted = nanoTime.getAsLong();
        this.roundStarted = runStarted;
    }

    /** The run took {@code seconds} before it was taken up again. */
    void earlier(double seconds) {
        earlierSeconds = seconds;
    }

    void roundStarts() {
        roundStarted = nanoTime.getAsLong();
    }

    void trainingEnds() {
        trainingSeconds = secondsSince(roundStarted);
    }

    FederatedRun.WallTimes round() {
        return new FederatedRun.WallTimes(secondsSince(roundStarted), trainingSeconds);
    }

    double runSeconds() {
        return earlierSeconds + secondsSince(runStarted);
    }

    private double secondsSince(long start) {
        return (nanoTime.getAsLong() - start) / 1e9;
    }
}
