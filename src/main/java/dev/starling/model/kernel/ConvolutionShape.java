package dev.starling.model.kernel;

/**
 * The shapes of a two-dimensional convolution with a square kernel. Images lie {@code [height, width, channels]},
 * weights {@code [outChannels, inChannels, kernel, kernel]}.
 */
public record ConvolutionShape(
        int inChannels, int height, int width, int outChannels, int kernel, int stride, int padding) {

    public int outHeight() {
        return (height + 2 * padding - kernel) / stride + 1;
    }

    public int outWidth() {
        return (width + 2 * padding - kernel) / stride + 1;
    }

    /** Values of one input image. */
    public int inputs() {
        return inChannels * height * width;
    }

    /** Values of one output image. */
    public int outputs() {
        return outChannels * outHeight() * outWidth();
    }

    /** Weights that one output value sees. */
    public int window() {
        return inChannels * kernel * kernel;
    }

    public int weights() {
        return outChannels * window();
    }
}
