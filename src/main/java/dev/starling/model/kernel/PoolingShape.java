package dev.starling.model.kernel;

/** The shapes of pooling over square windows without padding; images lie {@code [height, width, channels]}. */
public record PoolingShape(int channels, int height, int width, int size, int stride, boolean maximum) {

    public int outHeight() {
        return (height - size) / stride + 1;
    }

    public int outWidth() {
        return (width - size) / stride + 1;
    }

    /** Values of one input image. */
    public int inputs() {
        return channels * height * width;
    }

    /** Values of one output image. */
    public int outputs() {
        return channels * outHeight() * outWidth();
    }
}
