package dev.starling.model.layer;

import dev.starling.model.kernel.FloatMemory;
import java.util.Arrays;

/**
 * Sums and affine maps per channel over stretches of channels-last values off the heap, in long vectorised loops. One
 * per layer.
 */
final class ChannelSums {

    private final ChannelTile tile;
    private final float[] values;
    private final float[] others;
    private final float[] first;
    private final float[] second;
    private final float[] third;

    ChannelSums(int channels) {
        tile = new ChannelTile(channels);
        values = tile.allocate();
        others = tile.allocate();
        first = tile.allocate();
        second = tile.allocate();
        third = tile.allocate();
    }

    /** Σ x for each channel, into {@code sums} from {@code into}. */
    void sum(FloatMemory x, int at, int length, float[] sums, int into) {
        Arrays.fill(first, 0f);
        for (int done = 0; done < length; done += tile.length()) {
            int size = Math.min(tile.length(), length - done);
            x.get(at + done, values, size);
            add(first, values, size);
        }
        tile.fold(first, sums, into);
    }

    private static void add(float[] sum, float[] values, int size) {
        for (int i = 0; i < size; i++) {
            sum[i] += values[i];
        }
    }

    /** Σ (x − mean)² for each channel. */
    void sumOfSquares(FloatMemory x, int at, int length, float[] means, int meansAt, float[] sums, int into) {
        Arrays.fill(first, 0f);
        tile.repeat(means, meansAt, second);
        for (int done = 0; done < length; done += tile.length()) {
            int size = Math.min(tile.length(), length - done);
            x.get(at + done, values, size);
            addSquares(first, values, second, size);
        }
        tile.fold(first, sums, into);
    }

    private static void addSquares(float[] sum, float[] values, float[] means, int size) {
        for (int i = 0; i < size; i++) {
            sum[i] += (values[i] - means[i]) * (values[i] - means[i]);
        }
    }

    /** Σ g (x − mean) for each channel. */
    void sumOfProducts(FloatMemory g, FloatMemory x, int at, int length, float[] means, int meansAt, float[] sums) {
        Arrays.fill(first, 0f);
        tile.repeat(means, meansAt, second);
        for (int done = 0; done < length; done += tile.length()) {
            int size = Math.min(tile.length(), length - done);
            g.get(at + done, values, size);
            x.get(at + done, others, size);
            addProducts(first, values, others, second, size);
        }
        tile.fold(first, sums, 0);
    }

    private static void addProducts(float[] sum, float[] g, float[] x, float[] means, int size) {
        for (int i = 0; i < size; i++) {
            sum[i] += g[i] * (x[i] - means[i]);
        }
    }

    /** y := factor · x + constant. */
    void affine(FloatMemory x, int at, FloatMemory y, int length, float[] factor, float[] constant) {
        tile.repeat(factor, 0, first);
        tile.repeat(constant, 0, second);
        for (int done = 0; done < length; done += tile.length()) {
            int size = Math.min(tile.length(), length - done);
            x.get(at + done, values, size);
            map(values, first, second, size);
            y.put(at + done, values, size);
        }
    }

    private static void map(float[] values, float[] factor, float[] constant, int size) {
        for (int i = 0; i < size; i++) {
            values[i] = factor[i] * values[i] + constant[i];
        }
    }

    /** y := factor · g + slope · x + constant. */
    void affine(
            FloatMemory g,
            FloatMemory x,
            int at,
            FloatMemory y,
            int length,
            float[] factor,
            float[] slope,
            float[] constant) {
        tile.repeat(factor, 0, first);
        tile.repeat(slope, 0, second);
        tile.repeat(constant, 0, third);
        for (int done = 0; done < length; done += tile.length()) {
            int size = Math.min(tile.length(), length - done);
            g.get(at + done, values, size);
            x.get(at + done, others, size);
            map(values, others, first, second, third, size);
            y.put(at + done, values, size);
        }
    }

    private static void map(float[] g, float[] x, float[] factor, float[] slope, float[] constant, int size) {
        for (int i = 0; i < size; i++) {
            g[i] = factor[i] * g[i] + slope[i] * x[i] + constant[i];
        }
    }
}
