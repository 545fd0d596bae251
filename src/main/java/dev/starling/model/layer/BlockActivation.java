package dev.starling.model.layer;

import dev.starling.model.Activation;
import dev.starling.model.kernel.FloatMemory;

/** Applies an activation to values off the heap, a block at a time. One per layer. */
final class BlockActivation {

    /** Small enough for some blocks to stay in the first-level cache. */
    private static final int BLOCK = 1024;

    private final Activation activation;
    private final float[] values = new float[BLOCK];
    private final float[] seen = new float[BLOCK];

    BlockActivation(Activation activation) {
        this.activation = activation;
    }

    /** {@code to := activation(from)}; both may be the same. */
    void forward(FloatMemory from, FloatMemory to, int count) {
        for (int at = 0; at < count; at += BLOCK) {
            int size = Math.min(BLOCK, count - at);
            from.get(at, values, size);
            Activations.forward(activation, values, size);
            to.put(at, values, size);
        }
    }

    /** {@code to := gradient · derivative}; {@code remembered} are outputs or sums as the activation needs. */
    void backward(FloatMemory remembered, FloatMemory gradient, FloatMemory to, int count) {
        for (int at = 0; at < count; at += BLOCK) {
            int size = Math.min(BLOCK, count - at);
            remembered.get(at, seen, size);
            gradient.get(at, values, size);
            Activations.backward(activation, seen, values, size);
            to.put(at, values, size);
        }
    }
}
