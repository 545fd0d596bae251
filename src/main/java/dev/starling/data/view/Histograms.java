package dev.starling.data.view;

import java.util.Arrays;
import java.util.List;

/** Figures about how unequal counts are. */
final class Histograms {

    private Histograms() {}

    /**
     * Mean Jensen–Shannon distance of histograms to their sum: Endres and Schindelin, A new metric for probability
     * distributions, IEEE Transactions on Information Theory 2003. NaN if there are none, or they have no classes.
     */
    static double meanDistance(List<List<Integer>> histograms) {
        if (histograms.isEmpty() || histograms.get(0).isEmpty()) {
            return Double.NaN;
        }
        double[] all = new double[histograms.get(0).size()];
        for (List<Integer> histogram : histograms) {
            for (int i = 0; i < all.length; i++) {
                all[i] += histogram.get(i);
            }
        }
        return histograms.stream()
                .mapToDouble(histogram ->
                        distance(histogram.stream().mapToDouble(i -> i).toArray(), all))
                .average()
                .orElse(Double.NaN);
    }

    /** Jensen–Shannon distance, base 2: 0 to 1. Arguments need not sum to one. */
    static double distance(double[] p, double[] q) {
        double sumP = Arrays.stream(p).sum();
        double sumQ = Arrays.stream(q).sum();
        double divergence = 0;
        for (int i = 0; i < p.length; i++) {
            double a = p[i] / sumP;
            double b = q[i] / sumQ;
            double middle = (a + b) / 2;
            divergence += part(a, middle) / 2 + part(b, middle) / 2;
        }
        // Rounding can leave a tiny negative number for equal histograms.
        return Math.sqrt(Math.max(0, divergence));
    }

    private static double part(double value, double middle) {
        return value == 0 ? 0 : value * Math.log(value / middle) / Math.log(2);
    }

    /** Standard deviation over mean; NaN without values. */
    static double variation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / values.length) / mean;
    }
}
