package dev.starling.model.kernel;

/** Pooling over windows of channels-last images. An instance belongs to one thread. */
public interface Pooling extends AutoCloseable {

    /** The best for this machine. */
    static Pooling of(PoolingShape shape, Kernels kernels) {
        return kernels.oneDnn() ? new OneDnnPooling(shape) : new PlainPooling(shape);
    }

    /** {@code output :=} maximum or mean of each window. */
    void forward(int examples, FloatMemory input, FloatMemory output);

    /** Follows a forward pass: gives each output's gradient to the (first) maximum, or to all of its window. */
    void backward(int examples, FloatMemory outputGradient, FloatMemory inputGradient);

    @Override
    void close();
}
