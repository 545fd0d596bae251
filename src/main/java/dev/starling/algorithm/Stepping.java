package dev.starling.algorithm;

import dev.starling.model.Delta;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;

/** The loop that all server optimizers share. */
final class Stepping {

    private Stepping() {}

    /** By how much one value moves. */
    @FunctionalInterface
    interface Move {
        double of(int index, double delta);
    }

    /**
     * base + move, value by value, rounded to float32 once. What is not trained but measured, such as running
     * statistics, becomes the mean of what was measured: the paper's optimizers take gradients, and a difference of
     * statistics is none.
     */
    static Snapshot step(Snapshot base, Delta meanDelta, Move move) {
        float[] values = base.toFloats();
        requireCount("the mean delta", meanDelta.count(), values.length);
        TensorLayout layout = base.layout();
        for (int t = 0; t < layout.tensors().size(); t++) {
            TensorSpec tensor = layout.tensors().get(t);
            int from = layout.offset(t);
            for (int i = from; i < from + tensor.count(); i++) {
                double delta = meanDelta.get(i);
                values[i] = (float) (values[i] + (tensor.trainable() ? move.of(i, delta) : delta));
            }
        }
        return Snapshot.of(layout, values);
    }

    static void requireCount(String what, int count, int expected) {
        if (count != expected) {
            throw new IllegalArgumentException(
                    what + " must have as many values as the base (" + expected + "), got " + count);
        }
    }
}
