package dev.starling.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.model.kernel.Kernels;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forward passes of GRU and LSTM against the published equations, one number at a time, in float64. */
class RecurrentTest {

    private static final int STEPS = 4;
    private static final int FEATURES = 3;
    private static final int UNITS = 5;
    private static final int ROWS = 6;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void statesFollowTheEquations(boolean lstm) {
        Backend.start();
        int vocabulary = 7;
        LayerSpec recurrent = lstm ? new LayerSpec.Lstm(UNITS, true) : new LayerSpec.Gru(UNITS, true);
        Architecture architecture = Architecture.of(
                TestModels.model(Loss.MSE, new LayerSpec.EmbedTokens(vocabulary, FEATURES), recurrent),
                List.of(STEPS),
                STEPS * UNITS);
        float[] tokens = new float[ROWS * STEPS];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = i * 5 % vocabulary;
        }
        ArrayExamples examples = ArrayExamples.targeted(tokens, ROWS, new float[ROWS * STEPS * UNITS]);
        Snapshot start = TestModels.randomised(architecture, 11);
        float[] all = start.toFloats();
        try (Evaluator evaluator = new Evaluator(architecture, Kernels.fastest());
                Parameters weights = Parameters.of(start)) {
            float[] states = evaluator.scores(weights, examples, 0, ROWS);
            for (int e = 0; e < ROWS; e++) {
                double[] h = new double[UNITS];
                double[] c = new double[UNITS];
                for (int t = 0; t < STEPS; t++) {
                    double[] x = new double[FEATURES];
                    for (int i = 0; i < FEATURES; i++) {
                        x[i] = all[((int) tokens[e * STEPS + t]) * FEATURES + i];
                    }
                    h = lstm ? lstm(all, vocabulary * FEATURES, x, h, c) : gru(all, vocabulary * FEATURES, x, h);
                    for (int j = 0; j < UNITS; j++) {
                        assertThat((double) states[(e * STEPS + t) * UNITS + j]).isCloseTo(h[j], Offset.offset(2e-6));
                    }
                }
            }
        }
    }

    private static double[] lstm(float[] all, int at, double[] x, double[] h, double[] c) {
        double[] next = new double[UNITS];
        for (int j = 0; j < UNITS; j++) {
            double i = sigmoid(input(all, at, 4, j, x) + state(all, at, 4, j, h));
            double f = sigmoid(input(all, at, 4, UNITS + j, x) + state(all, at, 4, UNITS + j, h));
            double g = Math.tanh(input(all, at, 4, 2 * UNITS + j, x) + state(all, at, 4, 2 * UNITS + j, h));
            double o = sigmoid(input(all, at, 4, 3 * UNITS + j, x) + state(all, at, 4, 3 * UNITS + j, h));
            c[j] = f * c[j] + i * g;
            next[j] = o * Math.tanh(c[j]);
        }
        return next;
    }

    private static double[] gru(float[] all, int at, double[] x, double[] h) {
        double[] next = new double[UNITS];
        for (int j = 0; j < UNITS; j++) {
            double r = sigmoid(input(all, at, 3, j, x) + state(all, at, 3, j, h));
            double z = sigmoid(input(all, at, 3, UNITS + j, x) + state(all, at, 3, UNITS + j, h));
            double n = Math.tanh(input(all, at, 3, 2 * UNITS + j, x) + r * state(all, at, 3, 2 * UNITS + j, h));
            next[j] = (1 - z) * n + z * h[j];
        }
        return next;
    }

    private static double input(float[] all, int at, int gates, int row, double[] x) {
        double sum = all[at + gates * UNITS * (FEATURES + UNITS) + row];
        for (int i = 0; i < FEATURES; i++) {
            sum += all[at + row * FEATURES + i] * x[i];
        }
        return sum;
    }

    private static double state(float[] all, int at, int gates, int row, double[] h) {
        int stateAt = at + gates * UNITS * FEATURES;
        double sum = all[stateAt + gates * UNITS * UNITS + gates * UNITS + row];
        for (int i = 0; i < UNITS; i++) {
            sum += all[stateAt + row * UNITS + i] * h[i];
        }
        return sum;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
