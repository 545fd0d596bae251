package dev.starling.scenario;

import dev.starling.algorithm.AlgorithmSettings.Kind;
import dev.starling.algorithm.AlgorithmSettings.Server;
import dev.starling.algorithm.Algorithms;
import dev.starling.data.DataSettings.Npz;
import dev.starling.model.Initializer;
import dev.starling.model.LocalSettings;
import dev.starling.scenario.PhaseSettings.Metric;

/** What must hold between the settings of the model, of local training and of the algorithm. */
final class TrainingRules {

    private static final String ALGORITHM = "algorithm.kind";

    private final Scenario draft;
    private final Reading reading;

    private TrainingRules(Scenario draft, Reading reading) {
        this.draft = draft;
        this.reading = reading;
    }

    static void check(Scenario draft, Reading reading) {
        TrainingRules rules = new TrainingRules(draft, reading);
        rules.lossFitsData();
        rules.metricFitsLoss();
        rules.hiddenUnitsDiffer();
        rules.oneStepAlgorithms();
        rules.rounding();
        rules.adaptiveServers();
        rules.preTraining();
    }

    private void lossFitsData() {
        if (draft.data().source() instanceof Npz) {
            return; // only its arrays tell: see ShapeRules
        }
        boolean numbers = DataRules.numbersToPredict(draft.data());
        reading.rule(
                draft.model().loss().takesLabels() != numbers,
                "model.loss must be "
                        + (numbers
                                ? ShapeRules.NUMBER_LOSSES + " to predict numbers"
                                : "cross-entropy to predict classes")
                        + ", got " + Values.spelled(draft.model().loss()),
                "model.loss",
                "data.source.kind",
                "data.source.target-classes");
    }

    private void metricFitsLoss() {
        Metric metric = draft.phases().metric();
        boolean classes = draft.model().loss().takesLabels();
        reading.rule(
                metric == Metric.LOSS || (metric == Metric.ACCURACY) == classes,
                "rounds.target.metric must be " + (classes ? "accuracy or loss" : "mae, rmse or loss")
                        + " with model.loss = " + Values.spelled(draft.model().loss()) + ", got "
                        + Values.spelled(metric),
                "rounds.target.metric",
                "model.loss",
                "data.source.target-classes");
        double target = draft.phases().target().orElse(0);
        reading.rule(
                metric != Metric.ACCURACY || target <= 1,
                "rounds.target.value must be at most 1 for accuracy, got " + Range.plain(target),
                "rounds.target.value",
                "rounds.target.metric");
    }

    private void hiddenUnitsDiffer() {
        boolean zero = draft.model().initializer() == Initializer.ZERO;
        reading.rule(
                !zero || draft.model().layers().size() == 1,
                "model.init must be he or glorot where there are hidden layers, got zero: their units would never differ",
                "model.init",
                "model.network",
                "model.layers");
    }

    private void oneStepAlgorithms() {
        Kind kind = draft.algorithm().kind();
        if (kind != Kind.FEDSGD && kind != Kind.DATA_PARALLEL) {
            return;
        }
        LocalSettings local = draft.local();
        String with = " with " + ALGORITHM + " = " + (kind == Kind.FEDSGD ? "fedsgd" : "data-parallel");
        reading.rule(
                local.epochs() == 1,
                "local.epochs must be 1" + with + ", got " + local.epochs(),
                "local.epochs",
                ALGORITHM);
        reading.rule(
                kind != Kind.FEDSGD || local.batchSize() == LocalSettings.FULL_BATCH,
                "local.batch must be full" + with + ", got " + local.batchSize(),
                "local.batch",
                ALGORITHM);
        reading.rule(
                local.momentum() == 0,
                "local.momentum must be 0" + with + ", where a device takes one step; got "
                        + Range.plain(local.momentum()),
                "local.momentum",
                ALGORITHM);
    }

    /** A gradient is no model that a device could go on with. */
    private void rounding() {
        reading.rule(
                draft.keeping().rounding() == 0
                        || !Algorithms.of(draft.algorithm()).gradientOnly(),
                "local.rounding must be none with " + ALGORITHM + " = "
                        + Values.spelled(draft.algorithm().kind()) + ", where devices hand over gradients; got int"
                        + draft.keeping().rounding(),
                "local.rounding",
                "store.adopt",
                ALGORITHM);
    }

    private void adaptiveServers() {
        Server server = draft.algorithm().server().kind();
        reading.rule(
                !server.uses("tau")
                        || reading.given("algorithm.server.learning-rate").isPresent(),
                "algorithm.server.learning-rate is required with algorithm.server.kind = " + Values.spelled(server)
                        + "; 0.01 to 0.1 is common",
                "algorithm.server.kind",
                "algorithm.server.learning-rate");
    }

    private void preTraining() {
        reading.rule(
                draft.phases().preTraining().epochs() == 0 || draft.data().proxy() > 0,
                "data.proxy must be above 0 where pre-training.epochs is given ("
                        + draft.phases().preTraining().epochs() + "), got "
                        + Range.plain(draft.data().proxy()),
                "data.proxy",
                "pre-training.epochs");
    }
}
