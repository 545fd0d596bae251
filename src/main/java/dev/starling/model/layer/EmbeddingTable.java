package dev.starling.model.layer;

import dev.starling.model.kernel.FloatMemory;

/** A learned vector for each of a number of values. */
final class EmbeddingTable {

    private static final int BLOCK = 1024;

    private final String what;
    private final int rows;
    private final int dimensions;
    private final int tableAt;
    private final float[] row;
    private final float[] gradient;
    private final float[] block = new float[BLOCK];

    EmbeddingTable(String what, int rows, int dimensions, int tableAt) {
        this.what = what;
        this.rows = rows;
        this.dimensions = dimensions;
        this.tableAt = tableAt;
        this.row = new float[dimensions];
        this.gradient = new float[dimensions];
    }

    /** The row of {@code value}; throws if there is none. */
    int row(float value) {
        int index = (int) value;
        if (!(index >= 0 && index < rows && index == value)) {
            throw new IllegalArgumentException(
                    what + " must have whole values 0 to " + (rows - 1) + ", as it is embedded, got " + value);
        }
        return index;
    }

    /** Copies the vector of {@code value} to {@code output[at …]}. */
    void look(float value, FloatMemory weights, FloatMemory output, int at) {
        output.copy(at, weights, tableAt + row(value) * dimensions, dimensions);
    }

    /** Scales the whole table's target by {@code keep}, before rows are added to it. */
    void keep(Step step) {
        if (step.keep() == 1f) {
            return;
        }
        for (int from = 0; from < rows * dimensions; from += BLOCK) {
            int size = Math.min(BLOCK, rows * dimensions - from);
            step.target().get(tableAt + from, block, size);
            for (int i = 0; i < size; i++) {
                block[i] = step.keep() == 0f ? 0f : step.keep() * block[i];
            }
            step.target().put(tableAt + from, block, size);
        }
    }

    /** Adds {@code outputGradient[at …]} to the target's row of {@code value}. */
    void add(float value, Step step, FloatMemory outputGradient, int at) {
        int rowAt = tableAt + row(value) * dimensions;
        step.target().get(rowAt, row, dimensions);
        outputGradient.get(at, gradient, dimensions);
        for (int i = 0; i < dimensions; i++) {
            row[i] += gradient[i];
        }
        step.target().put(rowAt, row, dimensions);
    }
}
