package dev.starling.coordinator;

import java.util.function.LongSupplier;

/**
 * How often a run saves its state. What it costs depends on the model, the optimizer and the disk, so it is measured: a
 * state is saved when so much time has passed since the last that saving it takes a small share of that, and what earlier
 * ones took beyond their share has been made up for; runs of seconds would spend more otherwise. When a run is killed no
 * more than that time is trained again.
 */
public final class SavePace {

    /** Saving takes at most this share of a run's time … */
    public static final double USUAL_SHARE = 0.02;

    /** … but a state is never older than this when a round ends. */
    private static final double MAX_SECONDS = 300;

    private final double share;
    private final LongSupplier nanoTime;
    private long startedAt;
    private long endedAt;
    private double cost;
    private double owedSeconds;
    private boolean warm;

    /** @param share of the time, above 0; with infinity after every round */
    public SavePace(double share, LongSupplier nanoTime) {
        this.share = share;
        this.nanoTime = nanoTime;
        this.endedAt = nanoTime.getAsLong();
    }

    boolean due() {
        double passed = (nanoTime.getAsLong() - endedAt) / 1e9;
        return passed >= Math.min(owedSeconds + cost / share, MAX_SECONDS);
    }

    void starts() {
        startedAt = nanoTime.getAsLong();
    }

    void ends() {
        double passed = (startedAt - endedAt) / 1e9;
        endedAt = nanoTime.getAsLong();
        double took = (endedAt - startedAt) / 1e9;
        owedSeconds = Math.min(MAX_SECONDS, Math.max(0, owedSeconds + took / share - passed));
        // The first time is also spent on loading classes and the like: the next need not take as long.
        cost = warm ? took : 0;
        warm = true;
    }
}
