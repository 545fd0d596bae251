package dev.starling.model.layer;

import dev.starling.model.kernel.FloatMemory;

/**
 * One layer with the buffers of one thread. Values of a batch lie example after example. Passes allocate nothing.
 */
public interface Layer extends AutoCloseable {

    /** Makes room for batches of up to {@code examples} examples. */
    void reserve(int examples);

    /** Reads {@code input}, writes {@link #output()}. */
    void forward(FloatMemory input, Step step);

    /**
     * Follows a forward pass over the same batch in training. Writes {@link #inputGradient()} if it is wanted, then the
     * layer's own gradients to {@link Step#target()} (in this order: the target may be the weights).
     *
     * @param outputGradient gradient of the loss with respect to {@link #output()}; not changed
     */
    void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step);

    /** What the forward pass computed; the same memory for the life of the layer. */
    FloatMemory output();

    /** What the backward pass computed; the same memory for the life of the layer. */
    FloatMemory inputGradient();

    /** Frees the buffers. */
    @Override
    void close();
}
