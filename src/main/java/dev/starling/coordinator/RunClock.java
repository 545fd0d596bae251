package dev.starling.coordinator;

import java.util.function.LongSupplier;

/** Wall time of a run and of its rounds, and bytes between nodes, only for measuring. */
final class RunClock {

    private final LongSupplier nanoTime;
    private final long runStarted;
    private long roundStarted;
    private double trainingSeconds;
    private double earlierSeconds;
    private long savingStarted;
    private double savingSeconds;
    private LongSupplier nodeBytes = () -> 0;
    private long bytesBefore;

    RunClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.runStarted = nanoTime.getAsLong();
        this.roundStarted = runStarted;
    }

    /** The run took {@code seconds} before it was taken up again. */
    void earlier(double seconds) {
        earlierSeconds = seconds;
    }

    /** From now on {@code bytes} tells how much has gone between nodes so far. */
    void counts(LongSupplier bytes) {
        nodeBytes = bytes;
        bytesBefore = bytes.getAsLong();
    }

    void roundStarts() {
        roundStarted = nanoTime.getAsLong();
    }

    void trainingEnds() {
        trainingSeconds = secondsSince(roundStarted);
    }

    /** Of the round that ends now. Its bytes are those since the round before: its base went out as that one ended. */
    FederatedRun.Measured round() {
        long before = bytesBefore;
        bytesBefore = nodeBytes.getAsLong();
        return new FederatedRun.Measured(secondsSince(roundStarted), trainingSeconds, bytesBefore - before);
    }

    /** Rounds wait from now on until something is on the disk. */
    void savingStarts() {
        savingStarted = nanoTime.getAsLong();
    }

    void savingEnds() {
        savingSeconds += secondsSince(savingStarted);
    }

    /** Of this process: what was saved before the run was taken up again is not in it. */
    double savingSeconds() {
        return savingSeconds;
    }

    double runSeconds() {
        return earlierSeconds + secondsSince(runStarted);
    }

    private double secondsSince(long start) {
        return (nanoTime.getAsLong() - start) / 1e9;
    }
}
