package dev.starling.data;

import dev.starling.base.Rng;

/**
 * The rows of a pool by group and label, so that each device can draw a label mix of its own whenever it is asked:
 * Dirichlet label skew as of Hsu, Qi and Brown 2019 (arXiv:1909.06335), section 3, for any number of devices and nothing
 * stored per device. We differ: devices share the rows of the pool.
 */
final class PoolLabels {

    private final int classes;
    /** All rows, group by group, and label by label within. */
    private final int[] rows;

    /** Where in {@code rows} the label {@code l} of group {@code g} begins: {@code [g · classes + l]}; one more at the end. */
    private final int[] starts;

    /** @param offsets where each group's stretch of the pool begins; one more at the end */
    PoolLabels(Answers answers, int[] offsets, int classes) {
        this.classes = classes;
        int groups = offsets.length - 1;
        this.rows = new int[offsets[groups]];
        this.starts = new int[groups * classes + 1];
        for (int group = 0; group < groups; group++) {
            for (int row = offsets[group]; row < offsets[group + 1]; row++) {
                starts[group * classes + answers.label(row) + 1]++;
            }
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        int[] next = starts.clone();
        for (int group = 0; group < groups; group++) {
            for (int row = offsets[group]; row < offsets[group + 1]; row++) {
                rows[next[group * classes + answers.label(row)]++] = row;
            }
        }
    }

    /**
     * {@code count} rows of a group, in random order, their labels from a mix that is drawn first. None comes twice, unless
     * the group has fewer rows: a label of which nothing is left drops out of the mix.
     *
     * @param alpha concentration of the mix for every label, above 0
     */
    int[] draw(int group, int count, double alpha, Rng rng) {
        Weights weights = new Weights(classes);
        int[] next = new int[classes];
        int[] left = new int[classes];
        for (int label = 0; label < classes; label++) {
            left[label] = length(group, label);
            weights.putGamma(label, alpha, rng);
            next[label] = rng.nextInt(Math.max(1, left[label]));
        }
        double[] mix = weights.values();
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++) {
            int label = label(weights, mix, left, rng.nextDouble());
            if (label < 0) {
                // The device holds more than its group has: all of it again.
                for (int all = 0; all < classes; all++) {
                    left[all] = length(group, all);
                }
                mix = weights.values();
                label = label(weights, mix, left, rng.nextDouble());
            }
            left[label]--;
            drawn[i] = rows[starts[group * classes + label] + next[label]++ % length(group, label)];
        }
        return drawn;
    }

    /** A label with rows left, in proportion to {@code mix}; −1 if nothing is left. */
    private static int label(Weights weights, double[] mix, int[] left, double position) {
        double point = position * weights.leave(mix, label -> left[label] > 0);
        int last = -1;
        for (int label = 0; label < mix.length && point >= 0; label++) {
            if (mix[label] > 0) {
                last = label;
                point -= mix[label];
            }
        }
        return last;
    }

    private int length(int group, int label) {
        return starts[group * classes + label + 1] - starts[group * classes + label];
    }
}
