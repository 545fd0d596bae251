package dev.starling.model.kernel;

import java.util.Arrays;

/** Pooling in Java loops. */
final class PlainPooling implements Pooling {

    private final PoolingShape shape;
    private final float[] image;
    private final float[] pooled;
    private int[] winners = new int[0];

    PlainPooling(PoolingShape shape) {
        this.shape = shape;
        this.image = new float[shape.inputs()];
        this.pooled = new float[shape.outputs()];
    }

    @Override
    public void forward(int examples, FloatMemory input, FloatMemory output) {
        if (winners.length < examples * shape.outputs()) {
            winners = new int[examples * shape.outputs()];
        }
        for (int e = 0; e < examples; e++) {
            input.get(e * shape.inputs(), image, image.length);
            for (int o = 0; o < pooled.length; o++) {
                pooled[o] = shape.maximum() ? largest(o, e * pooled.length + o) : mean(o);
            }
            output.put(e * shape.outputs(), pooled, pooled.length);
        }
    }

    /** Index of the window's first value of output {@code o}. */
    private int corner(int o) {
        int place = o / shape.channels();
        int y = place / shape.outWidth() * shape.stride();
        int x = place % shape.outWidth() * shape.stride();
        return (y * shape.width() + x) * shape.channels() + o % shape.channels();
    }

    private float largest(int o, int winner) {
        int corner = corner(o);
        int best = corner;
        for (int y = 0; y < shape.size(); y++) {
            for (int x = 0; x < shape.size(); x++) {
                int at = corner + (y * shape.width() + x) * shape.channels();
                best = image[at] > image[best] || Float.isNaN(image[at]) ? at : best;
            }
        }
        winners[winner] = best;
        return image[best];
    }

    private float mean(int o) {
        int corner = corner(o);
        float sum = 0;
        for (int y = 0; y < shape.size(); y++) {
            for (int x = 0; x < shape.size(); x++) {
                sum += image[corner + (y * shape.width() + x) * shape.channels()];
            }
        }
        return sum / (shape.size() * shape.size());
    }

    @Override
    public void backward(int examples, FloatMemory outputGradient, FloatMemory inputGradient) {
        for (int e = 0; e < examples; e++) {
            outputGradient.get(e * shape.outputs(), pooled, pooled.length);
            Arrays.fill(image, 0f);
            for (int o = 0; o < pooled.length; o++) {
                if (shape.maximum()) {
                    image[winners[e * pooled.length + o]] += pooled[o];
                } else {
                    spread(o);
                }
            }
            inputGradient.put(e * shape.inputs(), image, image.length);
        }
    }

    private void spread(int o) {
        int corner = corner(o);
        float share = pooled[o] / (shape.size() * shape.size());
        for (int y = 0; y < shape.size(); y++) {
            for (int x = 0; x < shape.size(); x++) {
                image[corner + (y * shape.width() + x) * shape.channels()] += share;
            }
        }
    }

    @Override
    public void close() {}
}
