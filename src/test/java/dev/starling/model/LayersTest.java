package dev.starling.model;

import static dev.starling.model.Activation.LINEAR;
import static dev.starling.model.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.InputException;
import dev.starling.model.LayerSpec.Convolution;
import dev.starling.model.LayerSpec.Dense;
import dev.starling.model.kernel.Kernels;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayersTest {

    private static final LocalSettings SGD = new LocalSettings(2, 4, 0.05, 0, 0.01, 0, true);

    @BeforeAll
    static void start() {
        Backend.start();
    }

    private static Architecture images(LayerSpec... layers) {
        return Architecture.of(TestModels.model(Loss.CROSS_ENTROPY, layers), List.of(3, 8, 8), 4);
    }

    private static Snapshot train(Architecture architecture, Kernels kernels, LocalSettings settings, int rows) {
        try (LocalTrainer trainer = new LocalTrainer(architecture, kernels);
                Parameters base = Parameters.of(TestModels.randomised(architecture, 3));
                Parameters weights = Parameters.allocate(architecture.layout())) {
            ArrayExamples examples = TestModels.examples(architecture, rows, 4);
            assertThat(trainer.train(base, weights, examples, settings, 100, TestModels.shuffle(1))
                            .diverged())
                    .isFalse();
            return weights.snapshot();
        }
    }

    private static Architecture everything() {
        return images(
                new Convolution(6, 3, 1, 1, false, LINEAR),
                new LayerSpec.BatchNorm(false),
                new LayerSpec.Activate(RELU),
                new LayerSpec.MaxPool(2, 2),
                new LayerSpec.Residual(
                        List.of(
                                new Convolution(8, 3, 2, 1, false, LINEAR),
                                new LayerSpec.GroupNorm(2),
                                new LayerSpec.Activate(Activation.GELU)),
                        List.of(new Convolution(8, 1, 2, 0, true, LINEAR)),
                        RELU),
                new LayerSpec.Dropout(0.2),
                new LayerSpec.Flatten(),
                new Dense(4, LINEAR));
    }

    @Test
    void nativeLibrariesAndPlainLoopsAgree() {
        float[] fast = train(everything(), Kernels.fastest(), SGD, 11).toFloats();
        float[] plain = train(everything(), Kernels.plain(), SGD, 11).toFloats();
        for (int i = 0; i < fast.length; i++) {
            assertThat(fast[i]).isCloseTo(plain[i], Offset.offset(2e-5f));
        }
    }

    @Test
    void writingIntoTheWeightsAndThroughAGradientVectorAgree() {
        // The tiniest proximal term takes the other way to the same update.
        LocalSettings throughVector = new LocalSettings(2, 4, 0.05, 0, 0.01, 1e-20, true);
        float[] direct = train(everything(), Kernels.fastest(), SGD, 11).toFloats();
        float[] vector =
                train(everything(), Kernels.fastest(), throughVector, 11).toFloats();
        for (int i = 0; i < direct.length; i++) {
            assertThat(direct[i]).isCloseTo(vector[i], Offset.offset(1e-5f));
        }
    }

    @Test
    void bitsDoNotDependOnAddressesNorOnWhatRanBefore() {
        Snapshot once = train(everything(), Kernels.fastest(), SGD, 11);
        List<Parameters> elsewhere = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            elsewhere.add(Parameters.allocate(everything().layout()));
            assertThat(train(everything(), Kernels.fastest(), SGD, 11)).isEqualTo(once);
        }
        elsewhere.forEach(Parameters::close);
        try (LocalTrainer trainer = new LocalTrainer(everything());
                Parameters base = Parameters.of(TestModels.randomised(everything(), 3));
                Parameters weights = Parameters.allocate(everything().layout())) {
            for (int rows : new int[] {29, 3, 11}) {
                ArrayExamples examples = TestModels.examples(everything(), rows, 4);
                trainer.train(base, weights, examples, SGD, 100, TestModels.shuffle(1));
            }
            assertThat(weights.snapshot()).isEqualTo(once);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9})
    void frozenLayersKeepTheirBits(double momentum) {
        Architecture frozen = images(
                new LayerSpec.Marked(new Convolution(6, 3, 1, 1, true, RELU), false, false),
                new LayerSpec.Marked(new LayerSpec.BatchNorm(false), false, false),
                new Convolution(5, 3, 1, 0, true, RELU),
                new LayerSpec.Marked(new Dense(9, RELU), false, true),
                new Dense(4, LINEAR));
        LocalSettings settings = new LocalSettings(1, 4, 0.05, momentum, 0.01, 0, true);
        float[] before = TestModels.randomised(frozen, 3).toFloats();
        float[] after = train(frozen, Kernels.fastest(), settings, 9).toFloats();
        for (int t = 0; t < frozen.layout().tensors().size(); t++) {
            TensorSpec tensor = frozen.layout().tensors().get(t);
            int from = frozen.layout().offset(t);
            float[] old = Arrays.copyOfRange(before, from, from + tensor.count());
            float[] now = Arrays.copyOfRange(after, from, from + tensor.count());
            assertThat(Arrays.equals(old, now)).as(tensor.name()).isEqualTo(!tensor.trainable());
            assertThat(tensor.personal()).isEqualTo(tensor.name().startsWith("3."));
        }
        assertThat(frozen.flopsPerExample()).isLessThan(3 * frozen.forwardFlopsPerExample() * 0.6);
    }

    @Test
    void frozenLayersPassTheRightGradientOn() {
        LayerSpec[] open = {
            new Convolution(5, 3, 1, 0, true, Activation.TANH),
            new LayerSpec.GroupNorm(5),
            new Dense(9, Activation.TANH),
            new Dense(4, LINEAR)
        };
        LayerSpec[] closed = open.clone();
        closed[1] = new LayerSpec.Marked(open[1], false, false);
        closed[2] = new LayerSpec.Marked(open[2], false, false);
        float[] all = gradient(images(open));
        float[] some = gradient(images(closed));
        TensorLayout layout = images(closed).layout();
        for (int t = 0; t < layout.tensors().size(); t++) {
            for (int i = layout.offset(t);
                    i < layout.offset(t) + layout.tensors().get(t).count();
                    i++) {
                assertThat(some[i]).isEqualTo(layout.tensors().get(t).trainable() ? all[i] : 0f);
            }
        }
    }

    private static float[] gradient(Architecture architecture) {
        try (LocalTrainer trainer = new LocalTrainer(architecture);
                Parameters weights = Parameters.of(TestModels.randomised(architecture, 3));
                Parameters gradient = Parameters.allocate(architecture.layout())) {
            int[] order = IntStream.range(0, 5).toArray();
            trainer.gradient(weights, gradient, TestModels.examples(architecture, 5, 4), order, 0, 5);
            return gradient.snapshot().toFloats();
        }
    }

    @Test
    void dropoutActsInTrainingOnlyAndKeepsTheMean() {
        int width = 20_000;
        Architecture dropout =
                Architecture.of(TestModels.model(Loss.MAE, new LayerSpec.Dropout(0.25)), List.of(width), width);
        float[] ones = new float[width];
        Arrays.fill(ones, 1f);
        ArrayExamples examples = ArrayExamples.targeted(ones, 1, new float[width]);
        try (LocalTrainer trainer = new LocalTrainer(dropout);
                Evaluator evaluator = new Evaluator(dropout);
                Parameters none = Parameters.allocate(dropout.layout());
                Parameters gradient = Parameters.allocate(dropout.layout())) {
            assertThat(evaluator.scores(none, examples, 0, 1)).containsExactly(ones);
            // mean |dropped out| = share kept ÷ (1 − rate): 1 but for chance
            double mean = trainer.gradient(none, gradient, examples, new int[] {0}, 0, 1)
                    .meanLoss();
            assertThat(mean).isCloseTo(1, within(0.02)).isNotEqualTo(1);
        }
    }

    @Test
    void dropoutIsKeyedByTheTraining() {
        Architecture model = images(new LayerSpec.Dropout(0.5), new Dense(4, LINEAR));
        LocalSettings inOrder = new LocalSettings(1, 4, 0.05, 0, 0, 0, false);
        List<Snapshot> trained = new ArrayList<>();
        try (LocalTrainer trainer = new LocalTrainer(model);
                Parameters base = Parameters.of(TestModels.randomised(model, 3));
                Parameters weights = Parameters.allocate(model.layout())) {
            ArrayExamples examples = TestModels.examples(model, 8, 4);
            for (long key : new long[] {1, 2, 1}) {
                trainer.train(base, weights, examples, inOrder, 100, TestModels.shuffle(key));
                trained.add(weights.snapshot());
            }
        }
        assertThat(trained.get(2)).isEqualTo(trained.get(0)).isNotEqualTo(trained.get(1));
    }

    /** Columns 1, 3 and −2, 4; then 100 and 100 by themselves: the last batch of an epoch has one example. */
    @Test
    void aBatchOfOneExampleMovesNoRunningStatistics() {
        Architecture norm = Architecture.of(TestModels.model(Loss.MSE, new LayerSpec.BatchNorm(false)), List.of(2), 2);
        ArrayExamples examples = ArrayExamples.targeted(new float[] {1, -2, 3, 4, 100, 100}, 3, new float[6]);
        try (LocalTrainer trainer = new LocalTrainer(norm);
                Parameters base = Parameters.of(Snapshot.of(norm.layout(), new float[] {1, 1, 0, 0, 0, 0, 1, 1}));
                Parameters weights = Parameters.allocate(norm.layout())) {
            LocalSettings inTwos = new LocalSettings(1, 2, 1e-12, 0, 0, 0, false);
            LocalResult result = trainer.train(base, weights, examples, inTwos, 10, TestModels.shuffle(1));
            assertThat(result.steps()).isEqualTo(2);
            assertThat(Arrays.copyOfRange(weights.snapshot().toFloats(), 4, 8))
                    .containsExactly(new float[] {0.2f, 0.1f, 1.1f, 2.7f}, Offset.offset(1e-6f));
        }
    }

    @Test
    void aGradientSaysHowFarItsBatchMovesRunningStatistics() {
        Architecture norm = Architecture.of(TestModels.model(Loss.MSE, new LayerSpec.BatchNorm(false)), List.of(2), 2);
        ArrayExamples examples = ArrayExamples.targeted(new float[] {1, -2, 3, 4}, 2, new float[4]);
        Snapshot before = Snapshot.of(norm.layout(), new float[] {1, 1, 0, 0, 1, 1, 2, 2});
        try (LocalTrainer trainer = new LocalTrainer(norm);
                Parameters base = Parameters.of(before);
                Parameters gradient = Parameters.allocate(norm.layout())) {
            trainer.gradient(base, gradient, examples, new int[] {0, 1}, 0, 2);
            assertThat(base.snapshot()).isEqualTo(before);
            // a tenth of the way: means 1 to 2 and 1 to 1, variances 2 to 2 and 2 to 18
            float[] moved = {0.1f, 0, 0, 1.6f};
            assertThat(Arrays.copyOfRange(gradient.snapshot().toFloats(), 4, 8))
                    .containsExactly(moved, Offset.offset(1e-6f));

            trainer.addDecay(gradient, base, 0.5);
            assertThat(Arrays.copyOfRange(gradient.snapshot().toFloats(), 4, 8))
                    .as("what is not trained does not decay")
                    .containsExactly(moved, Offset.offset(1e-6f));
            assertThat(gradient.snapshot().toFloats()[0]).isNotZero();
        }
    }

    @Test
    void runningStatisticsApproachThoseOfTheData() {
        Architecture norm = Architecture.of(TestModels.model(Loss.MSE, new LayerSpec.BatchNorm(true)), List.of(2), 2);
        assertThat(norm.layout().tensors().get(2))
                .isEqualTo(new TensorSpec("0.batch-norm.running-mean", List.of(2), false, true));
        // columns 1, 3 and −2, 4: means 2 and 1, unbiased variances 2 and 18
        ArrayExamples examples = ArrayExamples.targeted(new float[] {1, -2, 3, 4}, 2, new float[4]);
        try (LocalTrainer trainer = new LocalTrainer(norm);
                Evaluator evaluator = new Evaluator(norm);
                Parameters base = Parameters.of(Snapshot.of(norm.layout(), new float[] {1, 1, 0, 0, 0, 0, 1, 1}));
                Parameters weights = Parameters.allocate(norm.layout())) {
            LocalSettings tiny = new LocalSettings(1, 0, 1e-12, 0, 0, 0, false);
            trainer.train(base, weights, examples, tiny, 1, TestModels.shuffle(1));
            float[] once = weights.snapshot().toFloats();
            assertThat(Arrays.copyOfRange(once, 4, 8))
                    .containsExactly(new float[] {0.2f, 0.1f, 1.1f, 2.7f}, Offset.offset(1e-6f));
            LocalSettings often = new LocalSettings(200, 0, 1e-12, 0, 0, 0, false);
            trainer.train(base, weights, examples, often, 1000, TestModels.shuffle(1));
            float[] scores = evaluator.scores(weights, examples, 0, 2);
            float root = (float) (1 / Math.sqrt(2));
            assertThat(scores).containsExactly(new float[] {-root, -root, root, root}, Offset.offset(1e-4f));
        }
    }

    @Test
    void trainingAndEvaluationGiveTheSameOutputsWhereTheyShould() {
        Architecture same = images(
                new Convolution(6, 3, 1, 1, true, Activation.LEAKY_RELU),
                new LayerSpec.GroupNorm(3),
                new LayerSpec.AveragePool(2, 2),
                new Dense(4, LINEAR));
        ArrayExamples examples = TestModels.examples(same, 9, 2);
        try (LocalTrainer trainer = new LocalTrainer(same);
                Evaluator evaluator = new Evaluator(same);
                Parameters weights = Parameters.of(TestModels.randomised(same, 3));
                Parameters gradient = Parameters.allocate(same.layout())) {
            int[] order = IntStream.range(0, 9).toArray();
            double training =
                    trainer.gradient(weights, gradient, examples, order, 0, 9).lossSum();
            assertThat(evaluator.evaluate(weights, examples, 0, 9).lossSum()).isCloseTo(training, within(1e-6));
        }
    }

    @Test
    void stepsOfImageModelsAllocateNothing() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        ArrayExamples examples = TestModels.examples(everything(), 26, 4);
        LocalSettings settings = new LocalSettings(20, 4, 0.01, 0, 0, 0, true);
        try (LocalTrainer trainer = new LocalTrainer(everything());
                Parameters base = Parameters.of(TestModels.randomised(everything(), 3));
                Parameters weights = Parameters.allocate(everything().layout())) {
            trainer.train(base, weights, examples, settings, 1000, TestModels.shuffle(1));
            long before = threads.getCurrentThreadAllocatedBytes();
            LocalResult result = trainer.train(base, weights, examples, settings, 1000, TestModels.shuffle(1));
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(bytes).isLessThan(result.steps() * 64L);
        }
    }

    @Test
    void everyMisfitNamesItsLayer() {
        Stream.of(
                        new Object[] {
                            "model.layers[1]",
                            "padding must be 0 to kernel - 1, got 3",
                            new LayerSpec[] {new LayerSpec.Activate(RELU), new Convolution(3, 3, 1, 3, true, RELU)}
                        },
                        new Object[] {
                            "model.layers[0]",
                            "groups must divide the channels (3), got 2",
                            new LayerSpec[] {new LayerSpec.GroupNorm(2)}
                        },
                        new Object[] {
                            "model.layers[1]",
                            "needs images",
                            new LayerSpec[] {new LayerSpec.Flatten(), new LayerSpec.MaxPool(2, 2)}
                        },
                        new Object[] {
                            "model.layers[0].body[1]",
                            "size must be",
                            new LayerSpec[] {
                                new LayerSpec.Residual(
                                        List.of(new LayerSpec.Activate(RELU), new LayerSpec.MaxPool(9, 1)),
                                        List.of(),
                                        RELU)
                            }
                        },
                        new Object[] {
                            "model.layers[0]",
                            "same shape",
                            new LayerSpec[] {
                                new LayerSpec.Residual(
                                        List.of(new Convolution(7, 3, 1, 1, true, RELU)), List.of(), RELU)
                            }
                        },
                        new Object[] {
                            "model.layers[0]", "needs a sequence", new LayerSpec[] {new LayerSpec.Lstm(3, false)}
                        },
                        new Object[] {
                            "model.layers[0]",
                            "rate must be 0 to below 1, got 1.0",
                            new LayerSpec[] {new LayerSpec.Dropout(1.0)}
                        })
                .forEach(row -> assertThatThrownBy(() -> images((LayerSpec[]) row[2]))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining((String) row[0])
                        .hasMessageContaining((String) row[1]));
    }

    @Test
    void embeddingsRefuseValuesWithoutAVector() {
        Architecture housing = Architecture.of(
                new ModelSettings(NamedModels.layers("housing", 1), Loss.MSE, Initializer.HE), List.of(13), 1);
        float[] row = new float[13];
        row[12] = 9;
        try (Evaluator evaluator = new Evaluator(housing);
                Parameters weights = Parameters.allocate(housing.layout())) {
            assertThatThrownBy(() -> evaluator.evaluate(weights, ArrayExamples.targeted(row, 1, new float[] {1}), 0, 1))
                    .hasMessageContaining("column 12 must have whole values 0 to 8")
                    .hasMessageContaining("got 9");
        }
    }
}
