package dev.starling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalTrainerTest {

    private static final Architecture LOGISTIC = Architecture.of(
            TestModels.model(Loss.CROSS_ENTROPY, new LayerSpec.Dense(4, Activation.LINEAR)), List.of(9), 4);
    private static final Architecture DEEP = Architecture.of(
            TestModels.model(
                    Loss.CROSS_ENTROPY,
                    new LayerSpec.Dense(200, Activation.RELU),
                    new LayerSpec.Dense(50, Activation.TANH),
                    new LayerSpec.Dense(10, Activation.LINEAR)),
            List.of(300),
            10);

    @BeforeAll
    static void start() {
        Backend.start();
    }

    static Stream<LocalSettings> settings() {
        return Stream.of(
                new LocalSettings(2, 5, 0.1, 0, 0, 0, false), // last batch of 3
                new LocalSettings(3, 1, 0.02, 0, 0.1, 0, false),
                new LocalSettings(3, LocalSettings.FULL_BATCH, 0.5, 0, 0.01, 0, false),
                new LocalSettings(2, 4, 0.05, 0.9, 0, 0, false),
                new LocalSettings(2, 4, 0.05, 0, 0, 1.0, false),
                new LocalSettings(2, 7, 0.05, 0.5, 0.2, 0.3, false));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void followsSgdByTheBook(LocalSettings settings) {
        for (int maxSteps : new int[] {Integer.MAX_VALUE, 3}) {
            ArrayExamples examples = TestModels.examples(LOGISTIC, 23, 5);
            float[] start = TestModels.randomised(LOGISTIC, 6).toFloats();
            double[] expected =
                    SgdOracle.train(start, examples.features(), examples.answers(), 9, 4, settings, maxSteps);
            float[] trained = train(LOGISTIC, start, examples, settings, maxSteps);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) trained[i]).isCloseTo(expected[i], Offset.offset(2e-5));
            }
        }
    }

    @Test
    void takesAtMostTheStepsAllowedAndCountsThem() {
        ArrayExamples examples = TestModels.examples(LOGISTIC, 23, 5);
        LocalSettings settings = new LocalSettings(4, 5, 0.1, 0, 0, 0, true);
        try (LocalTrainer trainer = new LocalTrainer(LOGISTIC);
                Parameters base = Parameters.of(TestModels.randomised(LOGISTIC, 6));
                Parameters weights = Parameters.allocate(LOGISTIC.layout())) {
            assertThat(trainer.train(base, weights, examples, settings, 7, TestModels.shuffle(1)))
                    .extracting(LocalResult::steps, LocalResult::examples)
                    .containsExactly(7, 33L); // an epoch of 5, 5, 5, 5, 3 and two steps more
            assertThat(trainer.train(base, weights, examples, settings, 100, TestModels.shuffle(1)))
                    .extracting(LocalResult::steps, LocalResult::examples)
                    .containsExactly(20, 92L);
            assertThat(trainer.train(base, weights, examples, settings, 0, TestModels.shuffle(1))
                            .steps())
                    .isZero();
            assertThat(weights.snapshot()).isEqualTo(base.snapshot());
        }
    }

    @Test
    void shufflingIsKeyed() {
        ArrayExamples examples = TestModels.examples(LOGISTIC, 23, 5);
        LocalSettings settings = new LocalSettings(2, 5, 0.1, 0, 0, 0, true);
        try (LocalTrainer trainer = new LocalTrainer(LOGISTIC);
                Parameters base = Parameters.of(TestModels.randomised(LOGISTIC, 6));
                Parameters weights = Parameters.allocate(LOGISTIC.layout())) {
            trainer.train(base, weights, examples, settings, 100, TestModels.shuffle(1));
            Snapshot once = weights.snapshot();
            trainer.train(base, weights, examples, settings, 100, TestModels.shuffle(2));
            assertThat(weights.snapshot()).isNotEqualTo(once);
            trainer.train(base, weights, examples, settings, 100, TestModels.shuffle(1));
            assertThat(weights.snapshot()).isEqualTo(once);
        }
    }

    @Test
    void bitsDoNotDependOnThreadsNorOnWhatRanBefore() {
        ArrayExamples examples = TestModels.examples(DEEP, 57, 8);
        ArrayExamples others = TestModels.examples(DEEP, 101, 9);
        Snapshot start = TestModels.randomised(DEEP, 6);
        LocalSettings settings = new LocalSettings(2, 10, 0.1, 0, 0.001, 0, true);
        float[] alone = train(DEEP, start.toFloats(), examples, settings, 100);
        List<CompletableFuture<Snapshot>> together = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                    try (LocalTrainer trainer = new LocalTrainer(DEEP);
                            Parameters base = Parameters.of(start);
                            Parameters weights = Parameters.allocate(DEEP.layout())) {
                        LocalSettings big = new LocalSettings(1, LocalSettings.FULL_BATCH, 0.1, 0.9, 0, 0, true);
                        trainer.train(base, weights, others, big, 100, TestModels.shuffle(4));
                        trainer.train(base, weights, examples, settings, 100, TestModels.shuffle(1));
                        return weights.snapshot();
                    }
                }))
                .limit(6)
                .toList();
        for (CompletableFuture<Snapshot> one : together) {
            assertThat(one.join().toFloats()).containsExactly(alone);
        }
    }

    @Test
    void reportsTheStepAtWhichTrainingDiverged() {
        Architecture regression =
                Architecture.of(TestModels.model(Loss.MSE, new LayerSpec.Dense(1, Activation.LINEAR)), List.of(1), 1);
        // w ← w − η·2·(w − 0) with η = 1e20: the error grows by 2e20 a step, its square leaves float32's range first
        // in w itself: |w| is 1, 2e20, 4e40 = ∞.
        ArrayExamples examples = ArrayExamples.targeted(new float[] {1}, 1, new float[] {0});
        LocalSettings settings = new LocalSettings(10, 1, 1e20, 0, 0, 0, false);
        try (LocalTrainer trainer = new LocalTrainer(regression);
                Parameters base = Parameters.of(Snapshot.of(regression.layout(), new float[] {1, 0}));
                Parameters weights = Parameters.allocate(regression.layout())) {
            LocalResult result = trainer.train(base, weights, examples, settings, 100, TestModels.shuffle(1));
            assertThat(result.divergedAtStep()).isEqualTo(2);
            assertThat(result.steps()).isEqualTo(2);
            assertThat(result.lossSum()).isNaN();
        }
    }

    @Test
    void reportsNotANumberInTheData() {
        ArrayExamples examples = TestModels.examples(DEEP, 20, 3);
        examples.features()[12 * 300 + 5] = Float.NaN;
        LocalSettings settings = new LocalSettings(1, 5, 0.1, 0, 0, 0, false);
        try (LocalTrainer trainer = new LocalTrainer(DEEP);
                Parameters base = Parameters.of(TestModels.randomised(DEEP, 6));
                Parameters weights = Parameters.allocate(DEEP.layout())) {
            LocalResult result = trainer.train(base, weights, examples, settings, 100, TestModels.shuffle(1));
            assertThat(result.divergedAtStep()).isEqualTo(3);
        }
    }

    @Test
    void stepsAllocateNothingOnTheHeap() {
        ArrayExamples examples = TestModels.examples(DEEP, 200, 8);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (LocalSettings settings : List.of(
                new LocalSettings(10, 10, 0.01, 0, 0.001, 0, false),
                new LocalSettings(10, 10, 0.01, 0.9, 0.001, 0.1, false))) {
            try (LocalTrainer trainer = new LocalTrainer(DEEP);
                    Parameters base = Parameters.of(TestModels.randomised(DEEP, 6));
                    Parameters weights = Parameters.allocate(DEEP.layout())) {
                trainer.train(base, weights, examples, settings, 1000, TestModels.shuffle(1));
                long before = threads.getCurrentThreadAllocatedBytes();
                LocalResult result = trainer.train(base, weights, examples, settings, 1000, TestModels.shuffle(1));
                long bytes = threads.getCurrentThreadAllocatedBytes() - before;
                assertThat(result.steps()).isEqualTo(200);
                // a few objects per training, none per step
                assertThat(bytes).isLessThan(result.steps() * 16L);
            }
        }
    }

    @Test
    void refusesToTrainTheBaseInPlace() {
        try (LocalTrainer trainer = new LocalTrainer(LOGISTIC);
                Parameters base = Parameters.allocate(LOGISTIC.layout())) {
            LocalSettings settings = new LocalSettings(1, 1, 0.1, 0, 0, 0, false);
            assertThatThrownBy(() -> trainer.train(
                            base, base, TestModels.examples(LOGISTIC, 3, 1), settings, 1, TestModels.shuffle(1)))
                    .hasMessageContaining("different");
        }
    }

    private static float[] train(
            Architecture architecture, float[] start, Examples examples, LocalSettings settings, int maxSteps) {
        try (LocalTrainer trainer = new LocalTrainer(architecture);
                Parameters base = Parameters.of(Snapshot.of(architecture.layout(), start));
                Parameters weights = Parameters.allocate(architecture.layout())) {
            LocalResult result = trainer.train(base, weights, examples, settings, maxSteps, TestModels.shuffle(1));
            assertThat(result.diverged()).isFalse();
            return weights.snapshot().toFloats();
        }
    }
}
