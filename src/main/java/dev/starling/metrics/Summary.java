package dev.starling.metrics;

import dev.starling.base.DropOutReason;
import dev.starling.data.view.Skew;
import dev.starling.model.Evaluation;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code summary.json}: a run in one object. What does not apply, or was not measured, is null. */
final class Summary {

    private Summary() {}

    static Map<String, @Nullable Object> json(
            RunInfo info,
            RunTotals totals,
            RunOutcome outcome,
            @Nullable Skew skew,
            KeptFigures kept,
            List<FailedDevices> unevaluated,
            int resumed,
            double savingSeconds) {
        Evaluation test = outcome.evaluation().orElse(Evaluation.NONE);
        boolean classes = info.classification();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("scenario", info.scenario());
        json.put("rehearsed", info.rehearsed());
        json.put("status", outcome.phase().name().toLowerCase(Locale.ROOT));
        json.put("failure", outcome.failure().isEmpty() ? null : outcome.failure());
        json.put("seed", info.seed());
        json.put("nodes", info.nodes());
        json.put("threads", info.rehearsed() ? null : info.threads());
        json.put("devices", info.devices());
        json.put("parameters", info.parameters());
        json.put("rounds", outcome.rounds());
        json.put("abandonedRounds", totals.abandoned());
        json.put("version", outcome.version());
        json.put("metric", info.metric());
        json.put("target", info.target());
        json.put(
                "targetReachedAtRound",
                outcome.targetReachedAtRound().isPresent()
                        ? outcome.targetReachedAtRound().getAsInt()
                        : null);
        json.put("accuracy", classes ? test.accuracy() : null);
        json.put("loss", test.loss());
        json.put("mae", classes ? null : test.mae());
        json.put("rmse", classes ? null : test.rmse());
        json.put("baseNotEvaluated", info.baseIsIncomplete().isEmpty() ? null : info.baseIsIncomplete());
        json.put("modelRoot", outcome.modelRoot().isEmpty() ? null : outcome.modelRoot());
        json.put("wallSeconds", outcome.wallSeconds());
        json.put("processSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        json.put("resumed", resumed);
        json.put("savingSeconds", savingSeconds);
        json.put("trainSeconds", totals.trainSeconds());
        json.put("fleetSeconds", totals.fleetSeconds());
        json.put("localSteps", totals.localSteps());
        json.put("stepsPerSecond", totals.stepsPerSecond());
        json.put("examplesTrained", totals.examplesTrained());
        json.put("bytesDown", totals.downBytes());
        json.put("bytesUp", totals.upBytes());
        json.put("cloudBytesDown", totals.cloud().down());
        json.put("cloudBytesUp", totals.cloud().up());
        json.put("asked", totals.asked());
        json.put("reports", totals.reported());
        json.put("late", totals.late());
        json.put("droppedOut", totals.droppedOut());
        json.put("rejected", totals.rejected());
        json.put("rejections", totals.rejections());
        json.put("tooSmallDevices", info.tooSmallDevices());
        FleetTotals fleet = totals.fleet();
        json.put("refused", fleet.refused());
        json.put("started", fleet.started());
        Map<String, Long> dropOuts = new LinkedHashMap<>();
        for (DropOutReason reason : DropOutReason.values()) {
            dropOuts.put(
                    reason.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    fleet.dropOuts().getOrDefault(reason, 0L));
        }
        json.put("dropOuts", dropOuts);
        json.put("deviceSeconds", fleet.deviceSeconds());
        json.put("wastedDeviceSeconds", fleet.wastedDeviceSeconds());
        json.put("wastedBytes", fleet.wastedBytes());
        json.put("joules", fleet.joules());
        json.put("wastedJoules", fleet.wastedJoules());
        json.put("meteredBytes", fleet.meteredBytes());
        json.put("checkInsServed", fleet.checkInsServed());
        json.put("checkInsRefused", fleet.checkInsRefused());
        json.put("staleness", fleet.staleness().isEmpty() ? null : staleness(fleet.staleness()));
        OwnData own = OwnData.of(outcome.devices());
        json.put("divergedDevices", own.diverged());
        Survey survey = Survey.of(outcome.devices(), unevaluated);
        json.put("evaluatedDevices", survey.evaluated());
        json.put("evaluatedAreSample", survey.sampled());
        json.put("unevaluated", unevaluated);
        json.put("ownData", own.json(classes));
        json.put("costs", outcome.devices().isEmpty() ? null : DeviceCosts.json(outcome.devices()));
        json.put("peakHeapBytes", peakHeapBytes());
        json.put("skew", skew == null ? null : skew(skew));
        json.put("kept", kept.versions() == 0 ? null : kept(kept));
        return json;
    }

    private static Map<String, @Nullable Object> staleness(Staleness staleness) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("meanVersions", staleness.mean());
        json.put("p50Versions", staleness.median());
        json.put("p90Versions", staleness.quantile(0.9));
        json.put("p99Versions", staleness.quantile(0.99));
        json.put("maxVersions", staleness.max());
        return json;
    }

    private static Map<String, @Nullable Object> kept(KeptFigures kept) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("versions", kept.versions());
        json.put("bytes", kept.bytes());
        json.put("forms", kept.forms());
        json.put("dataBytes", kept.dataBytes());
        json.put("predictedCostSeconds", kept.predictedCost());
        json.put("measuredCostSeconds", kept.measuredCost());
        json.put("byteSeconds", kept.byteSeconds());
        json.put("predictedRecoverySeconds", kept.recoverySeconds());
        json.put("predictedDeviceSeconds", kept.deviceSeconds());
        json.put("measuredDeviceSeconds", kept.deviceSecondsMeasured());
        json.put("writeSeconds", kept.writeSeconds());
        json.put("sampledRecoveries", kept.sampled());
        json.put("sampledSeconds", kept.sampledSeconds());
        json.put("sampledSecondsPredicted", kept.sampledSecondsPredicted());
        Map<String, @Nullable Object> rates = new LinkedHashMap<>();
        List<String> names = List.of(
                "storeBytesPerSecond",
                "secondsPerRead",
                "encodeBytesPerSecond",
                "decodeBytesPerSecond",
                "trainingExamplesPerSecond");
        for (int i = 0; i < kept.rates().size(); i++) {
            rates.put(names.get(i), kept.rates().get(i));
        }
        json.put("rates", rates);
        json.put("ratesFrom", kept.ratesFrom());
        return json;
    }

    private static Map<String, @Nullable Object> skew(Skew skew) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("sampledDevices", skew.devices());
        json.put("labelDistance", skew.labels());
        json.put("sizeVariation", skew.sizes());
        json.put("featureShift", skew.features());
        skew.biases().forEach((name, effect) -> {
            Map<String, @Nullable Object> figures = new LinkedHashMap<>();
            figures.put("meanShift", effect.meanShift());
            figures.put("change", effect.change());
            figures.put("relabelled", effect.relabelled());
            json.put(name, figures);
        });
        return json;
    }

    /** Sum of the peaks of this JVM's heap pools: at least the true peak, since pools need not peak together. */
    static long peakHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isValid())
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                .sum();
    }
}
