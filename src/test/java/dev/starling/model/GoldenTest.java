package dev.starling.model;

import static dev.starling.model.Activation.LINEAR;
import static dev.starling.model.Activation.RELU;
import static dev.starling.model.Activation.SIGMOID;
import static dev.starling.model.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.model.kernel.Kernels;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Outputs, losses, gradients and three steps against values that PyTorch computed in float64. */
class GoldenTest {

    /** One golden case and the model that it was computed with. */
    record Case(String name, List<Integer> input, int outputs, ModelSettings model) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("logistic", List.of(60), 10, model(Loss.CROSS_ENTROPY, new LayerSpec.Dense(10, LINEAR))),
                new Case(
                        "dense-relu",
                        List.of(7),
                        3,
                        model(Loss.CROSS_ENTROPY, new LayerSpec.Dense(5, RELU), new LayerSpec.Dense(3, LINEAR))),
                new Case(
                        "dense-tanh-sigmoid-mse",
                        List.of(6),
                        2,
                        model(
                                Loss.MSE,
                                new LayerSpec.Dense(5, TANH),
                                new LayerSpec.Dense(4, SIGMOID),
                                new LayerSpec.Dense(2, LINEAR))));
    }

    private static ModelSettings model(Loss loss, LayerSpec... layers) {
        return new ModelSettings(List.of(layers), loss, Initializer.HE);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithNativeLibraries(Case golden) {
        Backend.start();
        check(golden, Kernels.fastest());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithPlainLoops(Case golden) {
        Backend.start();
        check(golden, Kernels.plain());
    }

    private static void check(Case golden, Kernels kernels) {
        GoldenCase values = new GoldenCase(golden.name());
        Architecture architecture = Architecture.of(golden.model(), golden.input(), golden.outputs());
        Examples examples = values.examples(golden.model().loss() == Loss.CROSS_ENTROPY);
        int rows = values.rows();
        int[] order = IntStream.range(0, rows).toArray();
        double loss = values.array("loss")[0];
        Snapshot before = Snapshot.of(architecture.layout(), values.flat("p"));
        try (LocalTrainer trainer = new LocalTrainer(architecture, kernels);
                Evaluator evaluator = new Evaluator(architecture, kernels);
                Parameters base = Parameters.of(before);
                Parameters trained = Parameters.allocate(architecture.layout());
                Parameters gradient = Parameters.allocate(architecture.layout())) {
            assertThat(evaluator.evaluate(base, examples, 0, rows).loss()).isCloseTo(loss, relative(loss, 1e-5));
            assertClose(evaluator.scores(base, examples, 0, rows), values.array("out"), 1e-5);

            LocalResult result = trainer.gradient(base, gradient, examples, order, 0, rows);
            assertThat(result.meanLoss()).isCloseTo(loss, relative(loss, 1e-5));
            assertClose(gradient.snapshot().toFloats(), values.flat("g"), 1e-4);
            assertThat(base.snapshot()).isEqualTo(before);

            LocalSettings settings = new LocalSettings(3, LocalSettings.FULL_BATCH, 0.05, 0, 0, 0, false);
            trainer.train(base, trained, examples, settings, 3, new Seeds(1).of(Purpose.SHUFFLE));
            assertClose(trained.snapshot().toFloats(), values.flat("q"), 1e-5);
        }
    }

    private static org.assertj.core.data.Offset<Double> relative(double value, double tolerance) {
        return org.assertj.core.data.Offset.offset(Math.abs(value) * tolerance);
    }

    /** Each value to {@code tolerance}, relative to the largest of the array where it is small itself. */
    private static void assertClose(float[] actual, float[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        double scale = 0;
        for (float value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            double allowed = tolerance * Math.max(Math.abs(expected[i]), 0.1 * scale);
            assertThat((double) actual[i])
                    .as("value %d", i)
                    .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(allowed));
        }
    }
}
