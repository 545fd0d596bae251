package dev.starling.model;

import java.util.List;

/**
 * The tensors of a model that training moves without training them: running statistics. They are measured, so they are
 * averaged as they are and never stepped along: a step of another length than the mean difference can lead to a
 * variance below zero. Tensors of frozen layers count as such too; nothing moves them.
 */
public final class RunningStatistics {

    private final List<TensorRange> ranges;

    public RunningStatistics(TensorLayout layout) {
        this.ranges = TensorRange.of(layout, false);
    }

    /** Whether there are any. */
    public boolean any() {
        return !ranges.isEmpty();
    }

    /** {@code model} with the statistics of {@code measured}, which has the same layout. */
    public Snapshot takenFrom(Snapshot measured, Snapshot model) {
        float[] values = model.toFloats();
        for (TensorRange range : ranges) {
            measured.floats().get(range.from(), values, range.from(), range.count());
        }
        return Snapshot.of(model.layout(), values);
    }

    /** {@code values}, one per parameter, times {@code trained} where they are trained, else times {@code measured}. */
    public void scale(double[] values, double trained, double measured) {
        int next = 0;
        for (TensorRange range : ranges) {
            scale(values, next, range.from(), trained);
            next = range.from() + range.count();
            scale(values, range.from(), next, measured);
        }
        scale(values, next, values.length, trained);
    }

    private static void scale(double[] values, int from, int to, double factor) {
        for (int i = from; i < to; i++) {
            values[i] *= factor;
        }
    }
}
