package dev.starling.coordinator;

import dev.starling.metrics.ClusterFigures;
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
    private ClusterFigures cluster = ClusterFigures.NONE;
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

    /** From now on the bytes that have gone between nodes are counted as {@code figures} tell. */
    void counts(ClusterFigures figures) {
        cluster = figures;
        figures.baseBytesAfter(Integer.MAX_VALUE); // What other coordinators' bases took is over.
        bytesBefore = figures.runBytes();
    }

    void roundStarts() {
        roundStarted = nanoTime.getAsLong();
    }

    void trainingEnds() {
        trainingSeconds = secondsSince(roundStarted);
    }

    /**
     * Of the round that ends now. Bytes of bases newer than {@code version}, which it ran on, are the coming round's: that one
     * may be on its way already.
     */
    Measured round(int version) {
        long before = bytesBefore;
        long ahead = cluster.baseBytesAfter(version);
        bytesBefore = cluster.runBytes() - ahead;
        return new Measured(secondsSince(roundStarted), trainingSeconds, bytesBefore - before);
    }

    /** Rounds wait from now on until something is on the disk. */
    void savingStarts() {
        savingStarted = nanoTime.getAsLong();
    }

    void savingEnds() {
        savingSeconds += secondsSince(savingStarted);
    }

    /** Rounds wait for {@code write}. */
    void saving(Runnable write) {
        savingStarts();
        try {
            write.run();
        } finally {
            savingEnds();
        }
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
