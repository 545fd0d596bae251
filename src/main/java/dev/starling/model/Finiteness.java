package dev.starling.model;

import dev.starling.model.kernel.FloatMemory;
import java.util.Arrays;

/** Looks for values that are not finite, a block at a time: 0 · x is NaN for those and 0 for all others. */
final class Finiteness {

    private static final int BLOCK = 1024;

    private final float[] block = new float[BLOCK];
    private final float[] traces = new float[BLOCK];

    /** Whether the first {@code count} values are all finite. */
    boolean holds(FloatMemory memory, int count) {
        Arrays.fill(traces, 0f);
        for (int from = 0; from < count; from += BLOCK) {
            int size = Math.min(BLOCK, count - from);
            memory.get(from, block, size);
            for (int i = 0; i < size; i++) {
                traces[i] += 0f * block[i];
            }
        }
        float sum = 0;
        for (float trace : traces) {
            sum += trace;
        }
        return sum == 0f;
    }
}
