package dev.starling.scenario;

import dev.starling.algorithm.Algorithm;
import dev.starling.algorithm.AlgorithmSettings;
import dev.starling.algorithm.AlgorithmSettings.Kind;
import dev.starling.algorithm.AlgorithmSettings.Server;
import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.algorithm.Algorithms;
import dev.starling.model.LocalSettings;
import dev.starling.model.Loss;
import dev.starling.model.RmsProp;
import dev.starling.scenario.PhaseSettings.Metric;
import dev.starling.scenario.PhaseSettings.PreTraining;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads what is trained how, and until when: {@code local}, {@code algorithm}, {@code pre-training} and the target. */
final class TrainingReader {

    private enum Optimizer {
        SGD,
        RMSPROP
    }

    static final int MAX_EPOCHS = 1_000_000;
    static final int MAX_ROUNDS = 10_000_000;

    private final Reading reading;

    TrainingReader(Reading reading) {
        this.reading = reading;
    }

    AlgorithmSettings algorithm() {
        Section algorithm = reading.section("algorithm");
        Kind kind = algorithm.readKind(Kind.class);
        double proximal = kind == Kind.FEDPROX ? algorithm.read("mu", Numbers.number(Range.NOT_NEGATIVE)) : 0;
        ServerSettings server = server(algorithm.child("server"));
        return new AlgorithmSettings(
                kind, proximal, server, kind == Kind.CUSTOM ? Optional.of(own(algorithm, server)) : Optional.empty());
    }

    /** An algorithm that users wrote, see {@link Algorithm}. */
    private static Algorithm own(Section algorithm, ServerSettings server) {
        Map<String, String> settings =
                algorithm.readOptional("settings", OwnClasses.settings()).orElse(Map.of());
        Algorithm placeholder = Algorithms.of(new AlgorithmSettings(Kind.FEDAVG, 0, server));
        return algorithm.read(
                "class",
                new Conversion<>(
                        value -> OwnClasses.create(Values.text().of(value), Algorithm.class, settings, server),
                        placeholder));
    }

    private static ServerSettings server(Section server) {
        Server kind = server.readKind(Server.class);
        return new ServerSettings(
                kind,
                server.read("learning-rate", Numbers.number(Range.POSITIVE)),
                kind.uses("momentum") ? server.read("momentum", Numbers.number(Range.SHARE)) : 0,
                kind.uses("beta2") ? server.read("beta2", Numbers.number(Range.SHARE)) : 0,
                kind.uses("tau") ? server.read("tau", Numbers.number(Range.POSITIVE)) : 0);
    }

    LocalSettings local(AlgorithmSettings algorithm) {
        Section local = reading.section("local");
        int batch = local.read("batch", batch());
        if (algorithm.kind() == Kind.FEDSGD && !local.given("batch")) {
            batch = LocalSettings.FULL_BATCH;
            reading.decide(local.path("batch"), "full");
        }
        return new LocalSettings(
                local.read("epochs", Numbers.wholeNumber(1, MAX_EPOCHS)),
                batch,
                local.read("learning-rate", Numbers.number(Range.POSITIVE)),
                local.read("momentum", Numbers.number(Range.SHARE)),
                local.read("weight-decay", Numbers.number(Range.NOT_NEGATIVE)),
                algorithm.proximal(),
                local.read("shuffle", Values.flag()));
    }

    static Conversion<Integer> batch() {
        return Numbers.wholeNumber(1, Integer.MAX_VALUE).orWord("full", LocalSettings.FULL_BATCH);
    }

    PhaseSettings phases(Loss loss) {
        Section rounds = reading.section("rounds");
        Section target = rounds.child("target");
        Section preTraining = reading.section("pre-training");
        Optional<Double> value = target.readOptional("value", Numbers.number(Range.POSITIVE));
        return new PhaseSettings(
                rounds.read("max", Numbers.wholeNumber(0, MAX_ROUNDS)),
                target.read("metric", Values.choice(Metric.class).orAuto()).orElse(usual(loss)),
                value.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                target.read("stop", Values.flag()),
                rounds.read("evaluate-every", Numbers.wholeNumber(1, MAX_ROUNDS)),
                reading.section("").read("evaluate-devices", Values.flag()),
                preTraining(preTraining));
    }

    /** The figure that says most about what {@code loss} minimises. */
    private static Metric usual(Loss loss) {
        return switch (loss) {
            case CROSS_ENTROPY -> Metric.ACCURACY;
            case SIGMOID_CROSS_ENTROPY -> Metric.LOSS;
            case MSE, HUBER -> Metric.RMSE;
            case MAE -> Metric.MAE;
        };
    }

    private PreTraining preTraining(Section block) {
        return new PreTraining(
                block.read("epochs", Numbers.wholeNumber(0, MAX_EPOCHS)),
                block.read("batch", Numbers.wholeNumber(1, Integer.MAX_VALUE)),
                block.read("learning-rate", Numbers.number(Range.POSITIVE)),
                block.read("optimizer", Values.choice(Optimizer.class)) == Optimizer.RMSPROP
                        ? rmsProp(block)
                        : sgd(block));
    }

    private static Optional<RmsProp> rmsProp(Section block) {
        double decay = block.read("decay", Numbers.number(Range.SHARE));
        double epsilon = block.read("epsilon", Numbers.number(Range.POSITIVE));
        // What could not be read was told, and its place is taken by a number that may not do.
        return Optional.of(decay >= 0 && decay < 1 && epsilon > 0 ? new RmsProp(decay, epsilon) : RmsProp.DEFAULT);
    }

    private Optional<RmsProp> sgd(Section block) {
        String optimizer = block.path("optimizer");
        for (String key : List.of("decay", "epsilon")) {
            boolean overridden = reading.placeOf(optimizer).isOverride()
                    && !reading.placeOf(block.path(key)).isOverride();
            if (block.given(key) && !overridden) {
                reading.fail(block.path(key), block.path(key) + " does not apply with " + optimizer + " = sgd");
            }
        }
        return Optional.empty();
    }
}
