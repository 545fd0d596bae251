package dev.starling.data;

import java.util.BitSet;

/** What is to be predicted for each row: a class label, or {@code width} float targets. */
final class Answers {

    private final int[] labels;
    private final float[] targets;
    private final int width;

    private Answers(int[] labels, float[] targets, int width) {
        this.labels = labels;
        this.targets = targets;
        this.width = width;
    }

    /** Takes {@code labels} over. */
    static Answers labels(int[] labels) {
        return new Answers(labels, new float[0], 0);
    }

    /** Takes {@code targets} ([rows, width]) over. */
    static Answers targets(float[] targets, int width) {
        return new Answers(new int[0], targets, width);
    }

    boolean classification() {
        return width == 0;
    }

    int rows() {
        return classification() ? labels.length : targets.length / width;
    }

    /** Targets per row; 0 if rows have labels. */
    int width() {
        return width;
    }

    int label(int row) {
        return labels[row];
    }

    /** The first target of {@code row}. */
    float target(int row) {
        return targets[row * width];
    }

    void copyTargets(int row, float[] to, int at) {
        System.arraycopy(targets, row * width, to, at, width);
    }

    /** Number of classes if labels count up from 0. */
    int classes() {
        int highest = -1;
        for (int label : labels) {
            highest = Math.max(highest, label);
        }
        return highest + 1;
    }

    /** The labels that occur. */
    BitSet occurring() {
        BitSet occurring = new BitSet();
        for (int label : labels) {
            occurring.set(label);
        }
        return occurring;
    }

    Answers rows(int[] rows) {
        if (classification()) {
            int[] chosen = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = labels[rows[i]];
            }
            return labels(chosen);
        }
        float[] chosen = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            copyTargets(rows[i], chosen, i * width);
        }
        return targets(chosen, width);
    }
}
