package dev.starling.cli.bench;

import dev.starling.base.Rng;
import dev.starling.data.DataShape;
import dev.starling.model.Examples;
import java.nio.FloatBuffer;

/** Examples of Gaussian noise: training costs what it costs on real ones. Tables end in two columns of categories. */
final class RandomExamples implements Examples {

    /** Eleven numbers, and two categories of two and nine values. */
    static final int HOUSING_COLUMNS = 13;

    private final DataShape shape;
    private final int width;
    private final float[] features;
    private final int[] labels;

    RandomExamples(int count, DataShape shape, Rng rng) {
        this.shape = shape;
        this.width = shape.width();
        this.features = new float[Math.multiplyExact(count, width)];
        this.labels = new int[count];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) rng.nextGaussian();
        }
        for (int i = 0; i < count; i++) {
            labels[i] = rng.nextInt(Math.max(2, shape.outputs()));
            if (width == HOUSING_COLUMNS) {
                features[i * width + 11] = rng.nextInt(2);
                features[i * width + 12] = rng.nextInt(9);
            }
        }
    }

    @Override
    public int count() {
        return labels.length;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int targets() {
        return shape.classification() ? 0 : 1;
    }

    @Override
    public void features(int[] order, int from, int count, FloatBuffer into) {
        for (int i = 0; i < count; i++) {
            into.put(i * width, features, order[from + i] * width, width);
        }
    }

    @Override
    public void labels(int[] order, int from, int count, int[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = labels[order[from + i]];
        }
    }

    @Override
    public void targets(int[] order, int from, int count, float[] values) {
        for (int i = 0; i < count; i++) {
            values[i] = labels[order[from + i]];
        }
    }
}
