package dev.starling.model;

/** A change of a model's parameters: trained − base, or a weighted mean of such changes. Immutable. */
public final class Delta {

    private final double[] values;

    private Delta(double[] values) {
        this.values = values;
    }

    /** Copies {@code values}, one per parameter. */
    public static Delta of(double[] values) {
        return new Delta(values.clone());
    }

    /** {@code after} − {@code before}, which must have the same layout. */
    public static Delta between(Snapshot after, Snapshot before) {
        float[] trained = after.toFloats();
        float[] base = before.toFloats();
        double[] values = new double[trained.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (double) trained[i] - base[i];
        }
        return new Delta(values);
    }

    public int count() {
        return values.length;
    }

    public double get(int index) {
        return values[index];
    }

    /** Euclidean norm. */
    public double norm() {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
