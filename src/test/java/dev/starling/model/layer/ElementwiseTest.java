package dev.starling.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.model.Activation;
import dev.starling.model.Evaluation;
import dev.starling.model.Examples;
import dev.starling.model.Loss;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementwiseTest {

    @Test
    void exponentialsAreExactToAFewUnitsInTheLastPlace() {
        for (float x = -86; x < 87.5f; x += 0.0137f) {
            assertThat(FloatMath.exp(x) / Math.exp(x)).isCloseTo(1, within(3e-7));
            assertThat((double) FloatMath.sigmoid(x)).isCloseTo(1 / (1 + Math.exp(-x)), within(2e-7));
        }
        for (float x = -9; x < 9; x += 0.00137f) {
            assertThat(FloatMath.tanh(x) / Math.tanh(x)).isCloseTo(1, within(2e-6));
        }
        assertThat(FloatMath.exp(Float.NaN)).isNaN();
        assertThat(FloatMath.tanh(Float.NaN)).isNaN();
        assertThat(FloatMath.sigmoid(Float.NEGATIVE_INFINITY)).isCloseTo(0, within(1e-37f));
        assertThat(FloatMath.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    }

    /** By the definition, in float64; Φ by numerical integration of the density. */
    private static double reference(Activation activation, double x) {
        return switch (activation) {
            case LINEAR -> x;
            case RELU -> Math.max(0, x);
            case LEAKY_RELU -> x > 0 ? x : 0.01 * x;
            case TANH -> Math.tanh(x);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case GELU -> {
                double area = 0.5;
                int pieces = 2000;
                for (int i = 0; i < pieces; i++) {
                    double at = x * (i + 0.5) / pieces;
                    area += Math.exp(-at * at / 2) / Math.sqrt(2 * Math.PI) * x / pieces;
                }
                yield x * area;
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void activationsAndTheirDerivativesFollowTheDefinition(Activation activation) {
        for (double x = -4.05; x < 4.1; x += 0.1) {
            float[] value = {(float) x};
            Activations.forward(activation, value, 1);
            assertThat((double) value[0]).as("%s", x).isCloseTo(reference(activation, x), within(2e-6));

            float[] gradient = {3f};
            Activations.backward(
                    activation, Activations.needsSums(activation) ? new float[] {(float) x} : value, gradient, 1);
            double slope = (reference(activation, x + 1e-5) - reference(activation, x - 1e-5)) / 2e-5;
            assertThat((double) gradient[0]).as("slope at %s", x).isCloseTo(3 * slope, within(1e-5));
        }
    }

    @Test
    void lossesFollowTheDefinition() {
        float[] scores = {0.5f, -3f, 2f, 0.25f};
        float[] targets = {0f, 0f, 1f, 1f};
        double[] errors = {0.5, -3, 1, -0.75};
        double absolute = 0;
        double huber = 0;
        double binary = 0;
        for (int i = 0; i < 4; i++) {
            absolute += Math.abs(errors[i]) / 2;
            huber += (Math.abs(errors[i]) <= 1 ? errors[i] * errors[i] / 2 : Math.abs(errors[i]) - 0.5) / 2;
            double p = 1 / (1 + Math.exp(-scores[i]));
            binary -= (targets[i] == 1 ? Math.log(p) : Math.log(1 - p)) / 2;
        }
        check(Loss.MAE, scores, targets, absolute, 1, -1, 1, -1);
        check(Loss.HUBER, scores, targets, huber, 0.5, -1, 1, -0.75);
        check(Loss.MSE, scores, targets, (0.25 + 9 + 1 + 0.5625) / 2, 1, -6, 2, -1.5);
        check(
                Loss.SIGMOID_CROSS_ENTROPY,
                scores,
                targets,
                binary,
                1 / (1 + Math.exp(-0.5)),
                1 / (1 + Math.exp(3)),
                1 / (1 + Math.exp(-2)) - 1,
                1 / (1 + Math.exp(-0.25)) - 1);
    }

    private static void check(Loss loss, float[] scores, float[] targets, double sum, double... slopes) {
        Answers answers = new Answers();
        answers.read(targets(targets, 2), new int[] {0, 1}, 0, 2);
        LossFunction function = LossFunction.of(loss);
        assertThat(function.evaluate(scores.clone(), answers, 2, 2).lossSum()).isCloseTo(sum, within(1e-6));
        float[] gradient = scores.clone();
        assertThat(function.gradient(gradient, answers, 2, 2, 0.5f)).isCloseTo(sum, within(1e-6));
        for (int i = 0; i < 4; i++) {
            assertThat((double) gradient[i]).isCloseTo(slopes[i] * 0.5 / 2, within(1e-6));
        }
    }

    @Test
    void oneScoreDecidesBetweenTwoLabels() {
        Answers answers = new Answers();
        answers.read(labels(1, 0, 1), new int[] {0, 1, 2}, 0, 3);
        Evaluation evaluation =
                LossFunction.of(Loss.SIGMOID_CROSS_ENTROPY).evaluate(new float[] {2f, -1f, -0.5f}, answers, 3, 1);
        assertThat(evaluation.correct()).isEqualTo(2);
    }

    private static Examples targets(float[] values, int targets) {
        return new Fixed(values, new int[0], targets);
    }

    private static Examples labels(int... labels) {
        return new Fixed(new float[0], labels, 0);
    }

    /** Answers without features. */
    private static final class Fixed implements Examples {
        private final float[] values;
        private final int[] labels;
        private final int targets;

        private Fixed(float[] values, int[] labels, int targets) {
            this.values = values;
            this.labels = labels;
            this.targets = targets;
        }

        @Override
        public int count() {
            return 2;
        }

        @Override
        public int width() {
            return 0;
        }

        @Override
        public int targets() {
            return targets;
        }

        @Override
        public void features(int[] order, int from, int count, FloatBuffer features) {}

        @Override
        public void labels(int[] order, int from, int count, int[] into) {
            System.arraycopy(labels, 0, into, 0, count);
        }

        @Override
        public void targets(int[] order, int from, int count, float[] into) {
            System.arraycopy(values, 0, into, 0, count * targets);
        }
    }
}
