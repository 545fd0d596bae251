package dev.starling.cli.bench;

import dev.starling.data.DataShape;
import dev.starling.model.Activation;
import dev.starling.model.Architecture;
import dev.starling.model.Initializer;
import dev.starling.model.LayerSpec;
import dev.starling.model.Loss;
import dev.starling.model.ModelSettings;
import dev.starling.model.NamedModels;
import java.util.List;
import java.util.Optional;

/**
 * A model, and the work that is measured on it.
 *
 * @param shape of one example, and what is predicted
 * @param batchSize examples per step; of an evaluation, all of them
 * @param examples of one device; one training is one epoch over them
 * @param evaluation whether examples are only evaluated
 */
public record Workload(
        String name, ModelSettings model, DataShape shape, int batchSize, int examples, boolean evaluation) {

    private static final DataShape DIGITS = new DataShape(List.of(1, 28, 28), 10, true);

    /** All of them; a new one is added here. */
    public static final List<Workload> ALL = List.of(
            training("mlp-200-200", "mlp(200,200)", new DataShape(List.of(784), 10, true), 10, 600),
            training("logistic-60-10", List.of(), new DataShape(List.of(60), 10, true), 10, 600),
            training("mnist-cnn", "mnist-cnn", DIGITS, 10, 200),
            training("resnet20", "resnet20", new DataShape(List.of(3, 32, 32), 10, true), 20, 100),
            training("housing", "housing", new DataShape(List.of(RandomExamples.HOUSING_COLUMNS), 1, false), 32, 640),
            new Workload(
                    "evaluate-mlp-200-200",
                    settings(NamedModels.layers("mlp(200,200)", 10), DIGITS),
                    DIGITS,
                    10_000,
                    10_000,
                    true));

    public static Optional<Workload> named(String name) {
        return ALL.stream().filter(workload -> workload.name.equals(name)).findFirst();
    }

    private static Workload training(String name, String network, DataShape shape, int batchSize, int examples) {
        return training(name, NamedModels.layers(network, shape.outputs()), shape, batchSize, examples);
    }

    /** No layers: a logistic regression. */
    private static Workload training(
            String name, List<LayerSpec> layers, DataShape shape, int batchSize, int examples) {
        return new Workload(name, settings(layers, shape), shape, batchSize, examples, false);
    }

    private static ModelSettings settings(List<LayerSpec> layers, DataShape shape) {
        List<LayerSpec> all =
                layers.isEmpty() ? List.of(new LayerSpec.Dense(shape.outputs(), Activation.LINEAR)) : layers;
        return new ModelSettings(all, shape.classification() ? Loss.CROSS_ENTROPY : Loss.MSE, Initializer.HE);
    }

    Architecture architecture() {
        return Architecture.of(model, shape.input(), shape.outputs());
    }

    /** Floating-point operations of one step: of a training step, or of the evaluation of all examples. */
    double flopsPerStep(Architecture architecture) {
        return batchSize * (evaluation ? architecture.forwardFlopsPerExample() : architecture.flopsPerExample());
    }
}
