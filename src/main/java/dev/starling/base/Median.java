package dev.starling.base;

import java.util.Arrays;
import java.util.Collection;

/** The value in the middle; of an even number of values, the mean of the two in the middle. */
public final class Median {

    private Median() {}

    /** Of values in any order; NaN if there are none, or any of them is. */
    public static double of(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (Double.isNaN(sorted[sorted.length - 1])) {
            return Double.NaN;
        }
        double below = sorted[(sorted.length - 1) / 2];
        double above = sorted[sorted.length / 2];
        // Half of each, lest the sum be beyond all numbers; exactly the value where both are the same.
        return below == above ? below : below / 2 + above / 2;
    }

    public static double of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
