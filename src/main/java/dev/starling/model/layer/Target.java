package dev.starling.model.layer;

import dev.starling.model.kernel.FloatMemory;

/** Adds a layer's gradients to the target of a step, through a block of heap memory. One per layer. */
final class Target {

    private static final int BLOCK = 1024;

    private final float[] kept = new float[BLOCK];
    private final float[] added = new float[BLOCK];

    /** target[at …] := keep · target + the first {@code count} of {@code gradient}. */
    void add(Step step, int at, FloatMemory gradient, int count) {
        if (step.keep() == 0f) {
            step.target().copy(at, gradient, 0, count);
            return;
        }
        for (int from = 0; from < count; from += BLOCK) {
            int size = Math.min(BLOCK, count - from);
            step.target().get(at + from, kept, size);
            gradient.get(from, added, size);
            combine(kept, step.keep(), added, 0, size);
            step.target().put(at + from, kept, size);
        }
    }

    /** The same for a gradient on the heap. */
    void add(Step step, int at, float[] gradient, int count) {
        if (step.keep() == 0f) {
            step.target().put(at, gradient, count);
            return;
        }
        for (int from = 0; from < count; from += BLOCK) {
            int size = Math.min(BLOCK, count - from);
            step.target().get(at + from, kept, size);
            combine(kept, step.keep(), gradient, from, size);
            step.target().put(at + from, kept, size);
        }
    }

    private static void combine(float[] kept, float keep, float[] added, int from, int size) {
        for (int i = 0; i < size; i++) {
            kept[i] = keep * kept[i] + added[from + i];
        }
    }
}
