package dev.starling.data.view;

/** Means and variances of features; distances are measured in the deviation of all features together. */
final class Spread {

    private final double[] sums;
    private final double[] squares;
    private long count;

    Spread(int width) {
        sums = new double[width];
        squares = new double[width];
    }

    /** @param examples [count, width] */
    void add(float[] examples) {
        for (int i = 0; i < examples.length; i++) {
            int column = i % sums.length;
            sums[column] += examples[i];
            squares[column] += (double) examples[i] * examples[i];
        }
        count += examples.length / sums.length;
    }

    double[] means() {
        double[] means = sums.clone();
        for (int i = 0; i < means.length; i++) {
            means[i] /= Math.max(1, count);
        }
        return means;
    }

    /** Sum of the variances of all features. */
    private double variance() {
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            double mean = sums[i] / count;
            sum += Math.max(0, squares[i] / count - mean * mean);
        }
        return sum;
    }

    /** √(Σ(a − b)² ÷ Σσ²); 0 if features never vary. */
    double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        double variance = variance();
        return variance == 0 ? 0 : Math.sqrt(sum / variance);
    }

    /** Σ(a − b)² ÷ Σσ² over examples [count, width]; 0 if features never vary. */
    double squares(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = a[i] - b[i];
            sum += difference * difference;
        }
        double variance = variance();
        return variance == 0 ? 0 : sum / variance;
    }
}
