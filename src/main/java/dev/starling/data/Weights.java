package dev.starling.data;

import dev.starling.base.Rng;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Random weights with their logarithms. Weights of a tiny concentration or a large spread lie further apart than
 * doubles reach: all of them may underflow to 0, or those that are left may once the largest has been used up. Then the
 * logarithms still tell how they compare.
 */
final class Weights {

    /** A sum in this range holds all of its terms that matter to the last bit; beyond, logarithms are asked. */
    private static final double LEAST_SUM = 1e-290;

    private static final double MOST_SUM = 1e290;

    /** Logarithms up to this size can be subtracted from each other. */
    private static final double LARGEST_LOG = 1e300;

    /** With any smaller concentration the largest weight is all there is, whichever the others are. */
    private static final double LEAST_SHAPE = 1e-300;

    private final double[] values;
    private final double[] logs;

    Weights(int count) {
        values = new double[count];
        logs = new double[count];
    }

    /**
     * Weight {@code i} becomes a gamma variate of {@code shape} &gt; 0 and scale 1, with the numbers that {@link
     * Rng#nextGamma} takes; below 1 that is G · U^(1/shape), G of shape + 1 (Marsaglia and Tsang 2000, section 6).
     */
    void putGamma(int i, double shape, Rng rng) {
        if (shape >= 1) {
            double gamma = rng.nextGamma(shape);
            put(i, gamma, StrictMath.log(gamma));
            return;
        }
        double gamma = rng.nextGamma(shape + 1);
        double uniform = 1 - rng.nextDouble();
        put(
                i,
                gamma * StrictMath.pow(uniform, 1 / shape),
                StrictMath.log(gamma) + StrictMath.log(uniform) / Math.max(shape, LEAST_SHAPE));
    }

    /** Weight {@code i} becomes log-normal with median 1. */
    void putLogNormal(int i, double sigma, Rng rng) {
        double log = sigma * rng.nextGaussian();
        put(i, StrictMath.exp(log), log);
    }

    /** Weight {@code i} becomes at least 1, with density ∝ x^−exponent; {@code exponent} &gt; 1. */
    void putPowerLaw(int i, double exponent, Rng rng) {
        double uniform = 1 - rng.nextDouble();
        double power = -1 / (exponent - 1);
        put(i, StrictMath.pow(uniform, power), StrictMath.log(uniform) * power);
    }

    private void put(int i, double value, double log) {
        values[i] = value;
        logs[i] = Math.max(-LARGEST_LOG, Math.min(LARGEST_LOG, log));
    }

    /** As they were drawn; they may be 0 or infinite. */
    double[] values() {
        return values.clone();
    }

    /**
     * The weights of {@code chosen} in proportion to each other: as drawn if doubles hold them, else the largest is 1.
     */
    double[] of(int[] chosen) {
        double[] own = Arrays.stream(chosen).mapToDouble(i -> values[i]).toArray();
        if (!holds(Arrays.stream(own).sum())) {
            double largest =
                    Arrays.stream(chosen).mapToDouble(i -> logs[i]).max().orElse(0);
            Arrays.setAll(own, k -> StrictMath.exp(logs[chosen[k]] - largest));
        }
        return own;
    }

    /**
     * Leaves out of {@code mix}, which began as {@link #values}, what is not {@code present}; if doubles cannot tell
     * the others apart any more, they are scaled so that the largest is 1. Returns their sum: 0 if nothing is present.
     */
    double leave(double[] mix, IntPredicate present) {
        double sum = 0;
        for (int i = 0; i < mix.length; i++) {
            mix[i] = present.test(i) ? mix[i] : 0;
            sum += mix[i];
        }
        return holds(sum) ? sum : scale(mix, present);
    }

    private double scale(double[] mix, IntPredicate present) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < mix.length; i++) {
            largest = present.test(i) ? Math.max(largest, logs[i]) : largest;
        }
        double sum = 0;
        for (int i = 0; i < mix.length; i++) {
            mix[i] = present.test(i) ? StrictMath.exp(logs[i] - largest) : 0;
            sum += mix[i];
        }
        return sum;
    }

    /** Not so if it is not a number either. */
    private static boolean holds(double sum) {
        return sum >= LEAST_SUM && sum <= MOST_SUM;
    }
}
