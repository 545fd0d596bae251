package dev.starling.cli.bench;

import dev.starling.model.Activation;
import dev.starling.model.Architecture;
import dev.starling.model.Initializer;
import dev.starling.model.LayerSpec;
import dev.starling.model.LayerSpec.Dense;
import dev.starling.model.Loss;
import dev.starling.model.ModelSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model, and the local training that is measured on it.
 *
 * @param input shape of one example
 * @param examples of one device; one training is one epoch over them
 */
public record Workload(
        String name, ModelSettings model, List<Integer> input, int classes, int batchSize, int examples) {

    /** All of them; a new one is added here. */
    public static final List<Workload> ALL =
            List.of(dense("mlp-200-200", 784, 10, 10, 200, 200), dense("logistic-60-10", 60, 10, 10));

    public Workload {
        input = List.copyOf(input);
    }

    public static Optional<Workload> named(String name) {
        return ALL.stream().filter(workload -> workload.name.equals(name)).findFirst();
    }

    /** A perceptron with ReLU; without hidden layers, a logistic regression. */
    private static Workload dense(String name, int features, int classes, int batchSize, int... hidden) {
        Stream<LayerSpec> layers = Arrays.stream(hidden).mapToObj(units -> new Dense(units, Activation.RELU));
        ModelSettings model = new ModelSettings(
                Stream.concat(layers, Stream.of(new Dense(classes, Activation.LINEAR)))
                        .toList(),
                Loss.CROSS_ENTROPY,
                Initializer.HE);
        return new Workload(name, model, List.of(features), classes, batchSize, 600);
    }

    Architecture architecture() {
        return Architecture.of(model, input, classes);
    }

    int width() {
        return input.stream().reduce(1, Math::multiplyExact);
    }
}
