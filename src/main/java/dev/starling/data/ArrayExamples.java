package dev.starling.data;

import dev.starling.model.Examples;
import java.nio.FloatBuffer;

/** A range of rows of featurized arrays, in a given order. Shares the arrays with every other device of the node. */
final class ArrayExamples implements Examples {

    private final float[] features;
    private final int width;
    private final Answers answers;
    private final int[] rows;
    private final int start;
    private final int count;

    /** Example i is row {@code rows[start + i]} of {@code features} ([rows, width]) and {@code answers}. */
    ArrayExamples(float[] features, int width, Answers answers, int[] rows, int start, int count) {
        this.features = features;
        this.width = width;
        this.answers = answers;
        this.rows = rows;
        this.start = start;
        this.count = count;
    }

    /** All rows, in order. */
    static ArrayExamples all(float[] features, int width, Answers answers) {
        int[] rows = Rows.all(answers.rows());
        return new ArrayExamples(features, width, answers, rows, 0, rows.length);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int targets() {
        return answers.width();
    }

    @Override
    public void features(int[] order, int from, int examples, FloatBuffer to) {
        for (int i = 0; i < examples; i++) {
            to.put(i * width, features, row(order[from + i]) * width, width);
        }
    }

    @Override
    public void labels(int[] order, int from, int examples, int[] to) {
        for (int i = 0; i < examples; i++) {
            to[i] = answers.label(row(order[from + i]));
        }
    }

    @Override
    public void targets(int[] order, int from, int examples, float[] to) {
        for (int i = 0; i < examples; i++) {
            answers.copyTargets(row(order[from + i]), to, i * answers.width());
        }
    }

    /** A device must not see its neighbour's rows, so the range is checked, not only the array. */
    private int row(int example) {
        if (example < 0 || example >= count) {
            throw new IndexOutOfBoundsException("example must be in 0 … " + (count - 1) + ", got " + example);
        }
        return rows[start + example];
    }
}
