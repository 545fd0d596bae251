package dev.starling.model.kernel;

/** A convolution's three products, on channels-last images. An instance belongs to one thread. */
public interface Convolution extends AutoCloseable {

    /** Floats that the registers of all kernels share evenly: channels in multiples of it leave no rest. */
    int EVEN_CHANNELS = 8;

    /** The best for this machine. */
    static Convolution of(ConvolutionShape shape, Kernels kernels) {
        return kernels.oneDnn() && !overrunsInOneDnn(shape)
                ? new OneDnnConvolution(shape)
                : new UnfoldedConvolution(shape, kernels.gemm());
    }

    /**
     * Where oneDNN 3.11 (AVX2, {@code jit_avx2_1x1_convolution_bwd_weights}) writes beyond its own scratch memory, and
     * the JVM dies of it sooner or later: it gathers the pixels that a 1×1 kernel meets, eight channels at a time.
     */
    private static boolean overrunsInOneDnn(ConvolutionShape shape) {
        return shape.kernel() == 1 && shape.stride() > 1 && shape.inChannels() % EVEN_CHANNELS != 0;
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
