package dev.starling.cli;

import dev.starling.metrics.FailedDevices;
import dev.starling.metrics.Resumed;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RoundStage;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.StoreWait;
import dev.starling.model.Evaluation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Where a run stands, as one line of text; both kinds of progress print it. Not thread-safe. */
final class RunStatus {

    private final RunInfo info;
    private final LongSupplier nanoTime;
    private final long startNanos;

    private @Nullable RoundStage stage;
    private double metric = Double.NaN;
    private double fleetSeconds;
    private int round;
    private int earlierRounds;
    private int reported;
    private int expected;
    private int rejected;
    private final Set<String> told = new HashSet<>();
    private double stepsPerSecond;
    private int members;
    private int unreachable;

    RunStatus(RunInfo info, LongSupplier nanoTime) {
        this.info = info;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.members = info.nodes();
    }

    /** What is about to run: {@code quickstart: 60 devices, 50,890 parameters, seed 1, 1 node, 2 threads}. */
    static String heading(RunInfo info) {
        String how = info.rehearsed()
                ? "rehearsed: nothing is trained"
                : info.nodes()
                        + (info.nodes() == 1 ? " node, " : " nodes, ")
                        + info.threads()
                        + (info.threads() == 1 ? " thread" : " threads")
                        + (info.nodes() == 1 ? "" : " each");
        return info.scenario() + ": " + Figures.count(info.devices()) + " devices, " + Figures.count(info.parameters())
                + " parameters, seed " + info.seed() + ", " + how;
    }

    /** {@code store away for 12 s, 340 versions wait}. */
    static String waiting(StoreWait state) {
        String versions = Figures.count(state.queued()) + (state.queued() == 1 ? " version waits" : " versions wait");
        return state.away()
                ? "store away for " + Math.round(state.awaySeconds()) + " s, " + versions
                        + (state.trainingWaits() ? ", training waits too" : "")
                : "store is back, " + versions;
    }

    /** Earlier rounds, done before this process began; returns what to say about it. */
    String resumed(Resumed resumed) {
        resumed.rounds().forEach(this::committed);
        earlierRounds = round;
        return round == 0 ? "resumed before round 1" : "resumed after round " + round;
    }

    void nodes(int membersNow, int unreachableNow) {
        members = membersNow;
        unreachable = unreachableNow;
    }

    void opens(RoundStage next) {
        stage = next;
        reported = 0;
        expected = 0;
        rejected = 0;
    }

    void firstBase(Evaluation test) {
        metric = info.metricOf(test);
    }

    /** Whether the running round is one of the first, federated part: nothing need be said of it then. */
    boolean federated() {
        return stage == null || stage.label().equals("round");
    }

    /** The last round of the run, as far as it is known. */
    int lastRound() {
        return stage == null ? info.maxRounds() : stage.lastRound();
    }

    void progress(int reportedNow, int expectedNow) {
        reported = reportedNow;
        expected = expectedNow;
    }

    void committed(RoundRecord record) {
        round = record.round();
        reported = record.reported();
        expected = record.reported();
        rejected = record.rejected();
        fleetSeconds = record.fleetSeconds();
        record.evaluation().ifPresent(evaluation -> metric = info.metricOf(evaluation));
        if (record.trainSeconds() > 0) {
            double current = record.localSteps() / record.trainSeconds();
            // Smoothed over about ten rounds: rounds of a few milliseconds would make it flicker.
            stepsPerSecond = stepsPerSecond == 0 ? current : 0.9 * stepsPerSecond + 0.1 * current;
        }
    }

    /** Why reports of a committed round were not counted, as far as that was not told of an earlier round. */
    List<String> news(RoundRecord record) {
        String of = "round " + record.round() + ": " + Figures.count(record.rejected()) + " of "
                + Figures.count(record.reported() + record.rejected()) + " reports rejected; ";
        return untold(of, record.rejections());
    }

    /** Why devices could not be evaluated at the end. */
    List<String> unevaluated(List<FailedDevices> devices) {
        return untold("not evaluated: ", devices);
    }

    private List<String> untold(String of, List<FailedDevices> failed) {
        return failed.stream()
                .filter(kind -> told.add(kind.kind()))
                .map(kind -> of + kind.text())
                .toList();
    }

    /** Everything but the rounds: {@code accuracy 0.9712  10/10 reporters  fleet time 2 h 5 min  4,512 steps/s}. */
    String details() {
        return metricText() + "  " + reported + "/" + expected + " reporters" + rejectedText() + "  fleet time "
                + Figures.duration(fleetSeconds) + "  " + Figures.rate(stepsPerSecond) + " steps/s" + nodesText();
    }

    /** The same for 80 columns: {@code accuracy 0.9712  10/10  2 h 5 min  4,512/s}. */
    String shortDetails() {
        return metricText() + "  " + reported + "/" + expected + rejectedText() + "  " + Figures.duration(fleetSeconds)
                + "  " + Figures.rate(stepsPerSecond) + "/s" + (unreachable == 0 ? "" : nodesText());
    }

    /** {@code   3 nodes}, or {@code   2/3 nodes} if one does not answer; nothing of a node that is alone. */
    private String nodesText() {
        if (members == 1) {
            return "";
        }
        return "  " + (unreachable == 0 ? "" : members - unreachable + "/") + members + " nodes";
    }

    private String rejectedText() {
        return rejected == 0 ? "" : "  " + Figures.count(rejected) + " rejected";
    }

    private String metricText() {
        return info.metric() + " " + Figures.metric(metric);
    }

    /** {@code round 12/20}, or {@code session 2/3}. */
    String stageText() {
        RoundStage now = stage == null
                ? new RoundStage(RoundStage.FEDERATED, "round", round, info.maxRounds(), info.maxRounds())
                : stage;
        return now.text();
    }

    /** The whole line; rounds are as wide as the largest, so that lines align. */
    String line() {
        return stageText() + "  " + details() + "  left " + Figures.duration(secondsLeft());
    }

    /** Wall time that the remaining rounds take at the pace so far; NaN before the first round of this process. */
    private double secondsLeft() {
        if (round == earlierRounds) {
            return Double.NaN;
        }
        double elapsed = (nanoTime.getAsLong() - startNanos) / 1e9;
        return elapsed / (round - earlierRounds) * (lastRound() - round);
    }
}
