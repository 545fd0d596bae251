package dev.starling.model.kernel;

import java.util.Arrays;

/**
 * Convolution as a matrix product per example: the windows of an image become the rows of a matrix
 * {@code [outHeight · outWidth, kernel · kernel · inChannels]}.
 */
final class UnfoldedConvolution implements Convolution {

    private final ConvolutionShape shape;
    private final Gemm gemm;
    private final int places;
    private final float[] image;
    private final float[] unfolded;
    private final float[] plain;
    private final float[] turned;
    private final FloatMemory windows;
    private final FloatMemory turnedWeights;
    private final FloatMemory oneOutput;

    UnfoldedConvolution(ConvolutionShape shape, Gemm gemm) {
        this.shape = shape;
        this.gemm = gemm;
        this.places = shape.outHeight() * shape.outWidth();
        this.image = new float[shape.inputs()];
        this.unfolded = new float[places * shape.window()];
        this.plain = new float[shape.weights()];
        this.turned = new float[shape.weights()];
        this.windows = FloatMemory.allocate(unfolded.length);
        this.turnedWeights = FloatMemory.allocate(turned.length);
        this.oneOutput = FloatMemory.allocate(shape.outputs());
    }

    @Override
    public void forward(int examples, FloatMemory input, FloatMemory weights, int weightAt, FloatMemory output) {
        readWeights(weights, weightAt);
        for (int e = 0; e < examples; e++) {
            unfold(input, e);
            gemm.multiply(
                    false,
                    true,
                    places,
                    shape.outChannels(),
                    shape.window(),
                    windows,
                    0,
                    turnedWeights,
                    0,
                    0f,
                    output,
                    e * shape.outputs());
        }
    }

    @Override
    public void backwardInput(
            int examples, FloatMemory outputGradient, FloatMemory weights, int weightAt, FloatMemory inputGradient) {
        readWeights(weights, weightAt);
        for (int e = 0; e < examples; e++) {
            oneOutput.copy(0, outputGradient, e * shape.outputs(), shape.outputs());
            gemm.multiply(
                    false,
                    false,
                    places,
                    shape.window(),
                    shape.outChannels(),
                    oneOutput,
                    0,
                    turnedWeights,
                    0,
                    0f,
                    windows,
                    0);
            windows.get(0, unfolded, unfolded.length);
            Arrays.fill(image, 0f);
            eachWindow(false);
            inputGradient.put(e * shape.inputs(), image, image.length);
        }
    }

    @Override
    public void backwardWeights(
            int examples, FloatMemory input, FloatMemory outputGradient, FloatMemory weightGradient) {
        for (int e = 0; e < examples; e++) {
            unfold(input, e);
            oneOutput.copy(0, outputGradient, e * shape.outputs(), shape.outputs());
            gemm.multiply(
                    true,
                    false,
                    shape.outChannels(),
                    shape.window(),
                    places,
                    oneOutput,
                    0,
                    windows,
                    0,
                    e == 0 ? 0f : 1f,
                    turnedWeights,
                    0);
        }
        turnedWeights.get(0, turned, turned.length);
        turn(false);
        weightGradient.put(0, plain, plain.length);
    }

    private void readWeights(FloatMemory weights, int weightAt) {
        weights.get(weightAt, plain, plain.length);
        turn(true);
        turnedWeights.put(0, turned, turned.length);
    }

    /** Between {@code [out, in, place]}, as weights are kept, and {@code [out, place, in]}, as windows lie. */
    private void turn(boolean inwards) {
        int area = shape.kernel() * shape.kernel();
        for (int o = 0; o < shape.outChannels(); o++) {
            for (int i = 0; i < shape.inChannels(); i++) {
                for (int p = 0; p < area; p++) {
                    int kept = (o * shape.inChannels() + i) * area + p;
                    int used = (o * area + p) * shape.inChannels() + i;
                    if (inwards) {
                        turned[used] = plain[kept];
                    } else {
                        plain[kept] = turned[used];
                    }
                }
            }
        }
    }

    private void unfold(FloatMemory input, int example) {
        input.get(example * shape.inputs(), image, image.length);
        Arrays.fill(unfolded, 0f);
        eachWindow(true);
        windows.put(0, unfolded, unfolded.length);
    }

    /** Copies image values to all windows they are in, or adds window values to the image values they came from. */
    private void eachWindow(boolean copy) {
        int channels = shape.inChannels();
        for (int y = 0; y < shape.outHeight(); y++) {
            for (int x = 0; x < shape.outWidth(); x++) {
                for (int ky = 0; ky < shape.kernel(); ky++) {
                    int row = y * shape.stride() + ky - shape.padding();
                    for (int kx = 0; kx < shape.kernel(); kx++) {
                        int column = x * shape.stride() + kx - shape.padding();
                        if (row >= 0 && row < shape.height() && column >= 0 && column < shape.width()) {
                            int at = (row * shape.width() + column) * channels;
                            int window =
                                    (y * shape.outWidth() + x) * shape.window() + (ky * shape.kernel() + kx) * channels;
                            transfer(copy, at, window, channels);
                        }
                    }
                }
            }
        }
    }

    private void transfer(boolean copy, int at, int window, int channels) {
        if (copy) {
            System.arraycopy(image, at, unfolded, window, channels);
        } else {
            for (int c = 0; c < channels; c++) {
                image[at + c] += unfolded[window + c];
            }
        }
    }

    @Override
    public void close() {
        windows.close();
        turnedWeights.close();
        oneOutput.close();
    }
}
