package dev.starling.store;

import dev.starling.model.TensorSpec;
import java.util.List;

/** Values {@code from} to below {@code to} of a tensor, in the order in which they lie. */
public record ValueRange(int from, int to) {

    private static final int CHUNK = TensorTree.CHUNK_BYTES / Float.BYTES;

    /** Adds the values of chunk {@code index}, which comes after all in {@code ranges}, joined to the last if they touch. */
    static void addChunk(List<ValueRange> ranges, int index, TensorSpec tensor) {
        int from = index * CHUNK;
        int to = (int) Math.min((long) from + CHUNK, tensor.count());
        int last = ranges.size() - 1;
        if (last >= 0 && ranges.get(last).to == from) {
            ranges.set(last, new ValueRange(ranges.get(last).from, to));
        } else {
            ranges.add(new ValueRange(from, to));
        }
    }

    public int count() {
        return to - from;
    }
}
