package dev.starling.cli.models;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.store.TensorChange;
import dev.starling.store.ValueRange;
import java.nio.FloatBuffer;

/**
 * By how much a tensor differs between two models.
 *
 * @param changed values whose bits differ
 * @param count values in all
 * @param norm L2 norm of the difference, after − before; NaN if a changed value is no number on either side
 * @param largest absolute change; NaN likewise
 * @param signFlips values that were above zero and are below it, or the other way round
 */
record TensorDifference(long changed, long count, double norm, double largest, long signFlips) {

    /** Looks only into the ranges of {@code change}, which must be of kind CHANGED. */
    static TensorDifference of(TensorChange change, Snapshot before, Snapshot after) {
        int mine = index(before.layout(), change.name());
        int theirs = index(after.layout(), change.name());
        FloatBuffer left = before.floats();
        FloatBuffer right = after.floats();
        long changed = 0;
        long flips = 0;
        double squares = 0;
        double largest = 0;
        for (ValueRange range : change.ranges()) {
            for (int i = range.from(); i < range.to(); i++) {
                float was = left.get(before.layout().offset(mine) + i);
                float is = right.get(after.layout().offset(theirs) + i);
                if (Float.floatToRawIntBits(was) != Float.floatToRawIntBits(is)) {
                    changed++;
                    double difference = (double) is - was;
                    squares += difference * difference;
                    largest = Math.max(largest, Math.abs(difference)); // NaN stays
                    flips += (was > 0 && is < 0) || (was < 0 && is > 0) ? 1 : 0;
                }
            }
        }
        return new TensorDifference(
                changed, before.layout().tensors().get(mine).count(), Math.sqrt(squares), largest, flips);
    }

    private static int index(TensorLayout layout, String name) {
        for (int i = 0; i < layout.tensors().size(); i++) {
            if (layout.tensors().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no tensor " + name + " in " + layout);
    }
}
