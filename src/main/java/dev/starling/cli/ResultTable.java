package dev.starling.cli;

import dev.starling.metrics.DeviceRecord;
import dev.starling.metrics.FailedDevices;
import dev.starling.metrics.KeptFigures;
import dev.starling.metrics.OwnData;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RoundStage;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.metrics.RunTotals;
import dev.starling.metrics.Survey;
import dev.starling.model.Evaluation;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The short table at the end of a run. Listens to sum up; printed on request, after progress has ended. */
final class ResultTable implements RunListener {

    /** Kinds of failures that are named; {@code summary.json} has more. */
    private static final int REASONS = 3;

    private RunTotals totals = RunTotals.NONE;
    /** Rounds of each kind, in order of the first. */
    private final Map<String, Integer> stages = new LinkedHashMap<>();

    private @Nullable RunInfo info;
    private KeptFigures kept = KeptFigures.NONE;
    private List<FailedDevices> unevaluated = List.of();

    @Override
    public void started(RunInfo started) {
        info = started;
    }

    @Override
    public void phase(Phase phase) {}

    @Override
    public void progress(int round, int reported, int expected) {}

    @Override
    public void roundCommitted(RoundRecord round) {
        totals = totals.plus(round);
        stages.merge(round.stage(), 1, Integer::sum);
    }

    @Override
    public void unevaluated(List<FailedDevices> devices) {
        unevaluated = List.copyOf(devices);
    }

    @Override
    public void kept(KeptFigures figures) {
        kept = figures;
    }

    @Override
    public void finished(RunOutcome outcome) {}

    /** Prints how it ended; {@code directory} as the user would type it. */
    void print(RunOutcome outcome, String directory, PrintStream out) {
        RunInfo started = info;
        if (started == null) {
            return;
        }
        row(out, "rounds", rounds(outcome) + (started.rehearsed() ? ", rehearsed: nothing was trained" : ""));
        outcome.evaluation()
                .ifPresent(test ->
                        row(out, started.metric(), Figures.metric(started.metricOf(test)) + " on the test set"));
        if (!started.baseIsIncomplete().isEmpty()) {
            row(out, "base", "not evaluated: " + started.baseIsIncomplete());
        }
        if (!Double.isNaN(started.target())) {
            row(out, "rounds to " + target(started), started.rehearsed() ? "not rehearsed" : reached(outcome));
        }
        ownData(outcome, started, out);
        rows(out, "rejected", totals.rejections(), ResultTable::times);
        rows(out, "not evaluated", unevaluated, FailedDevices::text);
        row(out, "fleet time", Figures.duration(totals.fleetSeconds()));
        row(out, "bytes down", traffic((double) totals.downBytes(), started.devices()));
        row(out, "bytes up", traffic((double) totals.upBytes(), started.devices()));
        row(out, "local steps", Figures.count(totals.localSteps()));
        if (!started.rehearsed()) {
            row(out, "steps/s", Figures.rate(totals.stepsPerSecond()));
        }
        row(out, "wall time", Figures.duration(outcome.wallSeconds()));
        if (!outcome.modelRoot().isEmpty()) {
            row(out, "model root", outcome.modelRoot());
        }
        if (kept.versions() > 0) {
            KeptRows.of(kept).forEach((label, value) -> row(out, label, value));
        }
        row(out, "results", directory);
        out.flush();
    }

    /** Of devices that trained by themselves; what federated training left on the others is no end in itself. */
    private void ownData(RunOutcome outcome, RunInfo info, PrintStream out) {
        OwnData own = OwnData.of(outcome.devices());
        if (own.diverged() > 0) {
            row(out, "diverged", Figures.count(own.diverged()) + " devices keep the model they had before");
        }
        if (stages.keySet().stream().allMatch(RoundStage.FEDERATED::equals)
                || own.devices().isEmpty()) {
            return;
        }
        boolean sampled = Survey.of(outcome.devices(), unevaluated).sampled();
        String of = " (medians of " + Figures.count(own.devices().size()) + (sampled ? " sampled" : "")
                + " devices, each on its own data)";
        row(
                out,
                info.metric() + " of devices",
                "base " + median(own, DeviceRecord::base, info) + ", personal "
                        + median(own, DeviceRecord::personal, info) + of);
        OwnData updated = own.updated();
        if (!updated.devices().isEmpty()) {
            row(
                    out,
                    "app update",
                    "before " + median(updated, DeviceRecord::beforeUpdate, info) + ", after "
                            + median(updated, DeviceRecord::afterUpdate, info) + " (medians of "
                            + Figures.count(updated.devices().size()) + (sampled ? " sampled devices)" : " devices)"));
        }
    }

    private static String median(OwnData own, Function<DeviceRecord, Evaluation> which, RunInfo info) {
        return Figures.metric(own.spread(which, info::metricOf).p50());
    }

    private String rounds(RunOutcome outcome) {
        StringBuilder text = new StringBuilder(Figures.count(outcome.rounds()));
        if (stages.size() > 1 || (!stages.isEmpty() && !stages.containsKey(RoundStage.FEDERATED))) {
            text.append(" (")
                    .append(String.join(
                            ", ",
                            stages.entrySet().stream()
                                    .map(stage -> Figures.count(stage.getValue()) + " " + stage.getKey())
                                    .toList()))
                    .append(')');
        }
        if (totals.abandoned() > 0) {
            text.append(", ").append(Figures.count(totals.abandoned())).append(" of them abandoned");
        }
        if (totals.rejected() > 0) {
            text.append(", ").append(Figures.count(totals.rejected())).append(" deltas rejected");
        }
        if (outcome.phase() != Phase.DONE) {
            text.append(" (")
                    .append(outcome.phase().name().toLowerCase(Locale.ROOT))
                    .append(')');
        }
        return text.toString();
    }

    private static String target(RunInfo info) {
        return info.metric() + " " + info.target();
    }

    private static String reached(RunOutcome outcome) {
        return outcome.targetReachedAtRound().isPresent()
                ? Figures.count(outcome.targetReachedAtRound().getAsInt())
                : "not reached";
    }

    private static String traffic(double bytes, int devices) {
        return Figures.bytes(bytes / devices) + " per device, " + Figures.bytes(bytes) + " in all";
    }

    private static void rows(
            PrintStream out, String label, List<FailedDevices> kinds, Function<FailedDevices, String> text) {
        kinds.stream().limit(REASONS).forEach(kind -> row(out, label, text.apply(kind)));
    }

    /** Over all rounds: a device that failed in several counts in each. */
    private static String times(FailedDevices kind) {
        return Figures.count(kind.devices()) + (kind.devices() == 1 ? " report" : " reports") + ", device "
                + kind.device() + " first: " + kind.reason();
    }

    private static void row(PrintStream out, String label, String value) {
        out.printf(Locale.ROOT, "  %-24s %s%n", label, value);
    }
}
