package dev.starling.algorithm;

import dev.starling.model.Delta;
import dev.starling.model.Snapshot;

/** The loop that all server optimizers share. */
final class Stepping {

    private Stepping() {}

    /** By how much one value moves. */
    @FunctionalInterface
    interface Move {
        double of(int index, double delta);
    }

    /** base + move, value by value, rounded to float32 once. */
    static Snapshot step(Snapshot base, Delta meanDelta, Move move) {
        float[] values = base.toFloats();
        requireCount("the mean delta", meanDelta.count(), values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] + move.of(i, meanDelta.get(i)));
        }
        return Snapshot.of(base.layout(), values);
    }

    static void requireCount(String what, int count, int expected) {
        if (count != expected) {
            throw new IllegalArgumentException(
                    what + " must have as many values as the base (" + expected + "), got " + count);
        }
    }
}
