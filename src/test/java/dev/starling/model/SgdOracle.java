package dev.starling.model;

/**
 * Softmax regression trained by the book in float64: an oracle for local training that shares no code with it. Examples
 * are visited as they lie.
 */
final class SgdOracle {

    private SgdOracle() {}

    static double[] train(
            float[] start, float[] features, float[] labels, int inputs, int classes, LocalSettings s, int maxSteps) {
        int rows = labels.length;
        double[] w = new double[start.length];
        double[] base = new double[start.length];
        for (int i = 0; i < w.length; i++) {
            w[i] = start[i];
            base[i] = start[i];
        }
        double[] v = new double[w.length];
        int batch = s.batchSize() == 0 ? rows : s.batchSize();
        int steps = 0;
        for (int epoch = 0; epoch < s.epochs(); epoch++) {
            for (int from = 0; from < rows && steps < maxSteps; from += batch, steps++) {
                int to = Math.min(rows, from + batch);
                double[] g = gradient(w, features, labels, inputs, classes, from, to);
                for (int i = 0; i < w.length; i++) {
                    v[i] = s.momentum() * v[i] + g[i] + s.weightDecay() * w[i] + s.proximal() * (w[i] - base[i]);
                    w[i] -= s.learningRate() * v[i];
                }
            }
        }
        return w;
    }

    /** Of the mean loss over rows {@code from} (included) to {@code to} (excluded). */
    static double[] gradient(double[] w, float[] features, float[] labels, int inputs, int classes, int from, int to) {
        double[] g = new double[w.length];
        for (int e = from; e < to; e++) {
            double[] p = new double[classes];
            double total = 0;
            for (int c = 0; c < classes; c++) {
                double score = w[classes * inputs + c];
                for (int i = 0; i < inputs; i++) {
                    score += w[c * inputs + i] * features[e * inputs + i];
                }
                p[c] = Math.exp(score);
                total += p[c];
            }
            for (int c = 0; c < classes; c++) {
                double slope = (p[c] / total - (labels[e] == c ? 1 : 0)) / (to - from);
                for (int i = 0; i < inputs; i++) {
                    g[c * inputs + i] += slope * features[e * inputs + i];
                }
                g[classes * inputs + c] += slope;
            }
        }
        return g;
    }
}
