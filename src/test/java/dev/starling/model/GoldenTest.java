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
                                new LayerSpec.Dense(2, LINEAR))),
                new Case(
                        "conv-same-maxpool",
                        List.of(1, 28, 28),
                        10,
                        model(
                                Loss.CROSS_ENTROPY,
                                new LayerSpec.Convolution(4, 5, 1, 2, true, RELU),
                                new LayerSpec.MaxPool(2, 2),
                                new LayerSpec.Convolution(6, 5, 1, 2, true, RELU),
                                new LayerSpec.MaxPool(2, 2),
                                new LayerSpec.Flatten(),
                                new LayerSpec.Dense(8, RELU),
                                new LayerSpec.Dense(10, LINEAR))),
                new Case(
                        "conv-valid-stride-avgpool",
                        List.of(3, 32, 32),
                        5,
                        model(
                                Loss.CROSS_ENTROPY,
                                new LayerSpec.Convolution(4, 3, 2, 0, true, RELU),
                                new LayerSpec.AveragePool(2, 2),
                                new LayerSpec.Flatten(),
                                new LayerSpec.Dense(5, LINEAR))),
                new Case(
                        "batchnorm",
                        List.of(3, 8, 8),
                        5,
                        model(
                                Loss.CROSS_ENTROPY,
                                new LayerSpec.Convolution(4, 3, 1, 1, false, LINEAR),
                                new LayerSpec.BatchNorm(false),
                                new LayerSpec.Activate(RELU),
                                new LayerSpec.GlobalAveragePool(),
                                new LayerSpec.Flatten(),
                                new LayerSpec.Dense(5, LINEAR))),
                new Case(
                        "embedding-housing",
                        List.of(13),
                        1,
                        model(
                                Loss.MSE,
                                new LayerSpec.EmbedColumns(List.of(
                                        new LayerSpec.EmbeddedColumn(11, 2, 2),
                                        new LayerSpec.EmbeddedColumn(12, 9, 5))),
                                new LayerSpec.Dense(64, RELU),
                                new LayerSpec.Dense(32, RELU),
                                new LayerSpec.Dense(1, LINEAR))));
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
        boolean batchNorm = golden.model().layers().stream().anyMatch(LayerSpec.BatchNorm.class::isInstance);
        Examples examples = values.examples(golden.model().loss() == Loss.CROSS_ENTROPY);
        int rows = values.rows();
        int[] order = IntStream.range(0, rows).toArray();
        double loss = values.array("loss")[0];
        Snapshot before = Snapshot.of(architecture.layout(), withStatistics(architecture, values.flat("p")));
        try (LocalTrainer trainer = new LocalTrainer(architecture, kernels);
                Evaluator evaluator = new Evaluator(architecture, kernels);
                Parameters base = Parameters.of(before);
                Parameters trained = Parameters.allocate(architecture.layout());
                Parameters gradient = Parameters.allocate(architecture.layout())) {
            if (!batchNorm) { // the golden outputs are those of the batch's statistics
                assertThat(evaluator.evaluate(base, examples, 0, rows).loss()).isCloseTo(loss, relative(loss, 1e-5));
                assertClose(evaluator.scores(base, examples, 0, rows), values.array("out"), 1e-5);
            }
            LocalResult result = trainer.gradient(base, gradient, examples, order, 0, rows);
            assertThat(result.meanLoss()).isCloseTo(loss, relative(loss, 1e-5));
            assertClose(trainedOnly(architecture, gradient), values.flat("g"), 1e-4);
            assertThat(base.snapshot()).isEqualTo(before);

            LocalSettings settings = new LocalSettings(3, LocalSettings.FULL_BATCH, 0.05, 0, 0, 0, false);
            trainer.train(base, trained, examples, settings, 3, new Seeds(1).of(Purpose.SHUFFLE));
            assertClose(trainedOnly(architecture, trained), values.flat("q"), 1e-5);
        }
    }

    /** Golden files hold no running statistics: mean 0, variance 1 go where they belong. */
    private static float[] withStatistics(Architecture architecture, float[] trained) {
        float[] all = new float[architecture.layout().count()];
        int at = 0;
        int from = 0;
        for (TensorSpec tensor : architecture.layout().tensors()) {
            for (int i = 0; i < tensor.count(); i++) {
                all[at++] = tensor.trainable() ? trained[from++] : tensor.name().endsWith("variance") ? 1 : 0;
            }
        }
        return all;
    }

    private static float[] trainedOnly(Architecture architecture, Parameters parameters) {
        float[] all = parameters.snapshot().toFloats();
        float[] trained = new float[all.length];
        int count = 0;
        for (int t = 0; t < architecture.layout().tensors().size(); t++) {
            TensorSpec tensor = architecture.layout().tensors().get(t);
            if (tensor.trainable()) {
                System.arraycopy(all, architecture.layout().offset(t), trained, count, tensor.count());
                count += tensor.count();
            }
        }
        return java.util.Arrays.copyOf(trained, count);
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
