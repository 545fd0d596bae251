package dev.starling.model;

import java.nio.FloatBuffer;

/** Examples from arrays. */
final class ArrayExamples implements Examples {

    private final float[] features;
    private final int rows;
    private final float[] answers;
    private final int targets;

    private ArrayExamples(float[] features, int rows, float[] answers, int targets) {
        this.features = features;
        this.rows = rows;
        this.answers = answers;
        this.targets = targets;
    }

    static ArrayExamples classified(float[] features, int rows, float[] labels) {
        return new ArrayExamples(features, rows, labels, 0);
    }

    static ArrayExamples targeted(float[] features, int rows, float[] targets) {
        return new ArrayExamples(features, rows, targets, targets.length / rows);
    }

    float[] features() {
        return features;
    }

    float[] answers() {
        return answers;
    }

    @Override
    public int count() {
        return rows;
    }

    @Override
    public int width() {
        return features.length / rows;
    }

    @Override
    public int targets() {
        return targets;
    }

    @Override
    public void features(int[] order, int from, int count, FloatBuffer into) {
        for (int i = 0; i < count; i++) {
            into.put(i * width(), features, order[from + i] * width(), width());
        }
    }

    @Override
    public void labels(int[] order, int from, int count, int[] labels) {
        for (int i = 0; i < count; i++) {
            labels[i] = (int) answers[order[from + i]];
        }
    }

    @Override
    public void targets(int[] order, int from, int count, float[] values) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(answers, order[from + i] * targets, values, i * targets, targets);
        }
    }
}
