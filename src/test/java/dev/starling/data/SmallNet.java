package dev.starling.data;

import dev.starling.base.Rng;

/** A softmax classifier with at most one hidden ReLU layer, in plain loops: a yardstick for generated data. */
final class SmallNet {

    private final int hidden;
    private final float[][] first;
    private final float[][] last;
    private final float[] activations;

    SmallNet(int inputs, int hidden, int classes, Rng rng) {
        this.hidden = hidden;
        this.first = weights(hidden, inputs, rng);
        this.last = weights(classes, hidden == 0 ? inputs : hidden, rng);
        this.activations = new float[hidden];
    }

    private static float[][] weights(int outputs, int inputs, Rng rng) {
        float[][] weights = new float[outputs][inputs + 1];
        double deviation = Math.sqrt(1.0 / inputs);
        for (float[] row : weights) {
            for (int i = 0; i < inputs; i++) {
                row[i] = (float) (deviation * rng.nextGaussian());
            }
        }
        return weights;
    }

    int predict(float[] input) {
        float[] scores = scores(input);
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    void learn(float[] input, int label, float rate) {
        float[] errors = scores(input);
        float highest = errors[predict(input)];
        float sum = 0;
        for (int i = 0; i < errors.length; i++) {
            errors[i] = (float) Math.exp(errors[i] - highest);
            sum += errors[i];
        }
        for (int i = 0; i < errors.length; i++) {
            errors[i] = errors[i] / sum - (i == label ? 1 : 0);
        }
        float[] seen = hidden == 0 ? input : activations.clone();
        float[] back = new float[seen.length];
        for (int i = 0; i < errors.length; i++) {
            for (int j = 0; j < seen.length; j++) {
                back[j] += errors[i] * last[i][j];
            }
            step(last[i], seen, rate * errors[i]);
        }
        for (int j = 0; j < hidden; j++) {
            if (seen[j] > 0) {
                step(first[j], input, rate * back[j]);
            }
        }
    }

    private float[] scores(float[] input) {
        for (int j = 0; j < hidden; j++) {
            activations[j] = Math.max(0, dot(first[j], input));
        }
        float[] seen = hidden == 0 ? input : activations;
        float[] scores = new float[last.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = dot(last[i], seen);
        }
        return scores;
    }

    private static float dot(float[] weights, float[] input) {
        float sum = weights[input.length];
        for (int i = 0; i < input.length; i++) {
            sum += weights[i] * input[i];
        }
        return sum;
    }

    private static void step(float[] weights, float[] input, float amount) {
        for (int i = 0; i < input.length; i++) {
            weights[i] -= amount * input[i];
        }
        weights[input.length] -= amount;
    }
}
