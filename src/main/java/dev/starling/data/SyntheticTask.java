package dev.starling.data;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Synthetic;

/**
 * The true model and the input distribution of one device in Synthetic(α, β): Li, Sahu, Zaheer, Sanjabi, Talwalkar and
 * Smith, "Federated optimization in heterogeneous networks", MLSys 2020, section 5.1.
 *
 * <p>y = argmax(softmax(W x + b)); W and b ~ N(u, 1), u ~ N(0, α); x ~ N(v, Σ), Σ diagonal with Σ_jj = j^−1.2;
 * v_j ~ N(B, 1), B ~ N(0, β). As in the authors' program, α and β are standard deviations, and sizes are
 * 50 + log-normal(4, 2), rounded down. With {@code iid}, all devices share W, b ~ N(0, 1) and v = 0. We differ: the
 * numbers are ours, not those of the authors' seed; sizes have a cap; features and classes can be other than 60 and 10.
 */
final class SyntheticTask {

    private static final int SMALLEST = 50;
    private static final double SIZE_MU = 4;
    private static final double SIZE_SIGMA = 2;
    /** The key of the one task that all devices share. */
    private static final int SHARED = -1;

    private final int features;
    private final int classes;
    /** [classes, features]. */
    private final double[] weights;

    private final double[] biases;
    private final double[] means;
    private final double[] deviations;

    private SyntheticTask(Synthetic settings, Rng rng) {
        features = settings.features();
        classes = settings.classes();
        weights = new double[classes * features];
        biases = new double[classes];
        means = new double[features];
        deviations = new double[features];
        double modelMean = settings.iid() ? 0 : settings.alpha() * rng.nextGaussian();
        double inputMean = settings.iid() ? 0 : settings.beta() * rng.nextGaussian();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = modelMean + rng.nextGaussian();
        }
        for (int i = 0; i < classes; i++) {
            biases[i] = modelMean + rng.nextGaussian();
        }
        for (int j = 0; j < features; j++) {
            means[j] = settings.iid() ? 0 : inputMean + rng.nextGaussian();
            deviations[j] = StrictMath.pow(j + 1, -0.6);
        }
    }

    static SyntheticTask of(Synthetic settings, int device, Seeds seeds) {
        return new SyntheticTask(settings, seeds.of(Purpose.GENERATE_DATA, settings.iid() ? SHARED : device));
    }

    /**
     * How many examples {@code device} has, held back ones included; 1 to {@code maxExamples}, or to what an array
     * holds.
     */
    static int size(Synthetic settings, int device, Seeds seeds) {
        double drawn = seeds.of(Purpose.SAMPLE_SIZE, device).nextLogNormal(SIZE_MU, SIZE_SIGMA);
        int most = Math.min(settings.maxExamples(), Integer.MAX_VALUE / settings.features());
        return (int) Math.min(most, SMALLEST + Math.floor(drawn));
    }

    /** Draws {@code count} inputs into {@code inputs} ([count, features]) and their labels, from row {@code at} on. */
    void draw(int count, Rng rng, float[] inputs, int[] labels, int at) {
        double[] input = new double[features];
        for (int row = at; row < at + count; row++) {
            for (int j = 0; j < features; j++) {
                // The label is that of the numbers that the model will see, so rounding comes first.
                float value = (float) (means[j] + deviations[j] * rng.nextGaussian());
                inputs[row * features + j] = value;
                input[j] = value;
            }
            labels[row] = label(input);
        }
    }

    private int label(double[] input) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < classes; label++) {
            double score = biases[label];
            for (int j = 0; j < features; j++) {
                score += weights[label * features + j] * input[j];
            }
            if (score > highest) {
                highest = score;
                best = label;
            }
        }
        return best;
    }
}
