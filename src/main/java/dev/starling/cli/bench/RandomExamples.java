package dev.starling.cli.bench;

import dev.starling.base.Rng;
import dev.starling.model.Examples;
import java.nio.FloatBuffer;

/** Classified examples of Gaussian noise: training costs what it costs on real ones. */
final class RandomExamples implements Examples {

    private final int width;
    private final float[] features;
    private final int[] labels;

    RandomExamples(int count, int width, int classes, Rng rng) {
        this.width = width;
        this.features = new float[Math.multiplyExact(count, width)];
        this.labels = new int[count];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) rng.nextGaussian();
        }
        for (int i = 0; i < count; i++) {
            labels[i] = rng.nextInt(classes);
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
        return 0;
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
        throw new UnsupportedOperationException("these examples carry labels");
    }
}
