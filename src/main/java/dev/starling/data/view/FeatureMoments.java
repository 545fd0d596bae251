package dev.starling.data.view;

import dev.starling.data.FederatedData;
import dev.starling.model.Examples;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What features usually are: the measure of a shift. Taken from the first test examples (from proxy or training
 * examples if there is no test set), which every node of a run has alike.
 */
final class FeatureMoments {

    private static final int EXAMPLES = 1000;
    private static final int DEVICES = 100;

    private final float[] means;
    private final float[] units;

    private FeatureMoments(float[] means, float[] units) {
        this.means = means;
        this.units = units;
    }

    static FeatureMoments of(FederatedData data) {
        boolean images = data.shape().input().size() == 3;
        return of(sample(data), data.shape().width(), images);
    }

    /** @param examples [count, width] */
    static FeatureMoments of(float[] examples, int width, boolean images) {
        double[] sums = new double[width];
        double[] squares = new double[width];
        boolean[] flags = new boolean[width];
        Arrays.fill(flags, true);
        for (int i = 0; i < examples.length; i++) {
            int column = i % width;
            float value = examples[i];
            sums[column] += value;
            squares[column] += (double) value * value;
            flags[column] &= value == 0 || value == 1;
        }
        int count = Math.max(1, examples.length / width);
        float[] means = new float[width];
        float[] units = new float[width];
        double variances = 0;
        for (int column = 0; column < width; column++) {
            double mean = sums[column] / count;
            double variance = Math.max(0, squares[column] / count - mean * mean);
            variances += variance;
            means[column] = (float) mean;
            units[column] = flags[column] ? 0 : (float) Math.sqrt(variance);
        }
        if (images) {
            // Pixels that hardly ever vary must not make noise invisible at the border of an image.
            Arrays.fill(units, (float) Math.sqrt(variances / width));
        }
        return new FeatureMoments(means, units);
    }

    private static float[] sample(FederatedData data) {
        Examples common = data.test().count() > 0 ? data.test() : data.proxy();
        if (common.count() > 0) {
            return features(common);
        }
        float[] all = new float[0];
        for (int device = 0; device < Math.min(DEVICES, data.devices()); device++) {
            float[] own = features(data.training(device));
            int length = all.length;
            all = Arrays.copyOf(all, length + own.length);
            System.arraycopy(own, 0, all, length, own.length);
        }
        return all;
    }

    private static float[] features(Examples examples) {
        int count = Math.min(EXAMPLES, examples.count());
        float[] features = new float[count * examples.width()];
        examples.features(IntStream.range(0, count).toArray(), 0, count, FloatBuffer.wrap(features));
        return features;
    }

    /** Mean of each feature; not to be written to. */
    float[] means() {
        return means;
    }

    /**
     * The step in which each feature varies; not to be written to. Of images the same everywhere: the deviation of a
     * pixel; of tables the deviation of the column, and 0 for columns that are only ever 0 or 1: those are categories.
     */
    float[] units() {
        return units;
    }
}
