package dev.starling.model.kernel;

/** A convolution's three products, on channels-last images. An instance belongs to one thread. */
public interface Convolution extends AutoCloseable {

    /** The best for this machine. */
    static Convolution of(ConvolutionShape shape, Kernels kernels) {
        return kernels.oneDnn() ? new OneDnnConvolution(shape) : new UnfoldedConvolution(shape, kernels.gemm());
    }

    /** {@code output := input * weights}, without bias. */
    void forward(int examples, FloatMemory input, FloatMemory weights, int weightAt, FloatMemory output);

    /** {@code inputGradient := outputGradient * turned weights}. */
    void backwardInput(
            int examples, FloatMemory outputGradient, FloatMemory weights, int weightAt, FloatMemory inputGradient);

    /** {@code weightGradient := } sum over examples of input * outputGradient, in the layout of the weights. */
    void backwardWeights(int examples, FloatMemory input, FloatMemory outputGradient, FloatMemory weightGradient);

    @Override
    void close();
}
