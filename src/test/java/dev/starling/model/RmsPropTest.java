package dev.starling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RmsPropTest {

    private static final int INPUTS = 9;
    private static final int CLASSES = 4;
    private static final Architecture LOGISTIC = Architecture.of(
            TestModels.model(Loss.CROSS_ENTROPY, new LayerSpec.Dense(CLASSES, Activation.LINEAR)),
            List.of(INPUTS),
            CLASSES);

    /** The formulas by the book in float64, on gradients that share no code with the trainer. */
    private static double[] oracle(float[] start, ArrayExamples examples, LocalSettings local, RmsProp settings) {
        double[] w = new double[start.length];
        double[] v = new double[start.length];
        for (int i = 0; i < w.length; i++) {
            w[i] = start[i];
        }
        int rows = examples.count();
        for (int epoch = 0; epoch < local.epochs(); epoch++) {
            for (int from = 0; from < rows; from += local.batchSize()) {
                int to = Math.min(rows, from + local.batchSize());
                double[] g = SgdOracle.gradient(w, examples.features(), examples.answers(), INPUTS, CLASSES, from, to);
                for (int i = 0; i < w.length; i++) {
                    double slope = g[i] + local.weightDecay() * w[i];
                    v[i] = settings.decay() * v[i] + (1 - settings.decay()) * slope * slope;
                    w[i] -= local.learningRate() * slope / (Math.sqrt(v[i]) + settings.epsilon());
                }
            }
        }
        return w;
    }

    @ParameterizedTest
    @CsvSource({"0.9, 1e-7, 0", "0.9, 0.1, 0", "0.5, 1e-3, 0.1", "0, 1e-2, 0"})
    void followsTheFormulaByTheBook(double decay, double epsilon, double weightDecay) {
        RmsProp rmsProp = new RmsProp(decay, epsilon);
        LocalSettings local = new LocalSettings(4, 5, 0.01, 0, weightDecay, 0, false); // last batch of 3
        ArrayExamples examples = TestModels.examples(LOGISTIC, 23, 5);
        Snapshot start = TestModels.randomised(LOGISTIC, 6);
        double[] expected = oracle(start.toFloats(), examples, local, rmsProp);
        try (LocalTrainer trainer = new LocalTrainer(LOGISTIC);
                Parameters base = Parameters.allocate(LOGISTIC.layout());
                Parameters weights = Parameters.allocate(LOGISTIC.layout())) {
            base.load(start);
            for (int again = 0; again < 2; again++) { // nothing is left of the training before
                LocalResult result = trainer.train(base, weights, examples, local, rmsProp, TestModels.shuffle(1));
                assertThat(result.steps()).isEqualTo(20);
                float[] trained = weights.snapshot().toFloats();
                for (int i = 0; i < expected.length; i++) {
                    assertThat((double) trained[i]).isCloseTo(expected[i], Offset.offset(5e-5));
                }
            }
            assertThat(base.snapshot()).isEqualTo(start);
        }
    }

    @Test
    void momentumIsRefusedInsteadOfIgnored() {
        LocalSettings local = new LocalSettings(1, 5, 0.01, 0.9, 0, 0, false);
        ArrayExamples examples = TestModels.examples(LOGISTIC, 23, 5);
        try (LocalTrainer trainer = new LocalTrainer(LOGISTIC);
                Parameters base = Parameters.allocate(LOGISTIC.layout());
                Parameters weights = Parameters.allocate(LOGISTIC.layout())) {
            assertThatThrownBy(
                            () -> trainer.train(base, weights, examples, local, RmsProp.DEFAULT, TestModels.shuffle(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("momentum and proximal must be 0 with RMSProp, got 0.9");
        }
    }
}
