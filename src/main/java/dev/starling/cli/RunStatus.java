package dev.starling.cli;

import dev.starling.metrics.Resumed;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunInfo;
import java.util.function.LongSupplier;

/** Where a run stands, as one line of text; both kinds of progress print it. Not thread-safe. */
final class RunStatus {

    private final RunInfo info;
    private final LongSupplier nanoTime;
    private final long startNanos;

    private double metric = Double.NaN;
    private double fleetSeconds;
    private int round;
    private int earlierRounds;
    private int reported;
    private int expected;
    private double stepsPerSecond;

    RunStatus(RunInfo info, LongSupplier nanoTime) {
        this.info = info;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /** What is about to run: {@code quickstart: 60 devices, 50,890 parameters, seed 1, 1 node, 2 threads}. */
    static String heading(RunInfo info) {
        return info.scenario() + ": " + Figures.count(info.devices()) + " devices, "
                + Figures.count(info.parameters()) + " parameters, seed " + info.seed() + ", " + info.nodes()
                + (info.nodes() == 1 ? " node, " : " nodes, ") + info.threads()
                + (info.threads() == 1 ? " thread" : " threads") + (info.nodes() == 1 ? "" : " each");
    }

    /** Earlier rounds, done before this process began; returns what to say about it. */
    String resumed(Resumed resumed) {
        resumed.rounds().forEach(this::committed);
        earlierRounds = round;
        return round == 0 ? "resumed before round 1" : "resumed after round " + round;
    }

    void progress(int reportedNow, int expectedNow) {
        reported = reportedNow;
        expected = expectedNow;
    }

    void committed(RoundRecord record) {
        round = record.round();
        reported = record.reported();
        expected = record.reported();
        fleetSeconds = record.fleetSeconds();
        record.evaluation().ifPresent(evaluation -> metric = info.metricOf(evaluation));
        if (record.trainSeconds() > 0) {
            double current = record.localSteps() / record.trainSeconds();
            // Smoothed over about ten rounds: rounds of a few milliseconds would make it flicker.
            stepsPerSecond = stepsPerSecond == 0 ? current : 0.9 * stepsPerSecond + 0.1 * current;
        }
    }

    /** Everything but the rounds: {@code accuracy 0.9712  10/10 reporters  fleet time 2 h 5 min  4,512 steps/s}. */
    String details() {
        return metricText() + "  " + reported + "/" + expected + " reporters  fleet time "
                + Figures.duration(fleetSeconds) + "  " + Figures.rate(stepsPerSecond) + " steps/s";
    }

    /** The same for 80 columns: {@code accuracy 0.9712  10/10  2 h 5 min  4,512/s}. */
    String shortDetails() {
        return metricText() + "  " + reported + "/" + expected + "  " + Figures.duration(fleetSeconds) + "  "
                + Figures.rate(stepsPerSecond) + "/s";
    }

    private String metricText() {
        return info.metric() + " " + Figures.metric(metric);
    }

    /** The whole line; rounds are as wide as the largest, so that lines align. */
    String line() {
        int width = String.valueOf(info.maxRounds()).length();
        return "round " + " ".repeat(Math.max(0, width - String.valueOf(round).length())) + round + "/"
                + info.maxRounds() + "  " + details() + "  left " + Figures.duration(secondsLeft());
    }

    /** Wall time that the remaining rounds take at the pace so far; NaN before the first round of this process. */
    private double secondsLeft() {
        if (round == earlierRounds) {
            return Double.NaN;
        }
        double elapsed = (nanoTime.getAsLong() - startNanos) / 1e9;
        return elapsed / (round - earlierRounds) * (info.maxRounds() - round);
    }
}
