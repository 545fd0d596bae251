package dev.starling.cli.bench;

import dev.starling.base.Rng;
import dev.starling.model.Examples;
import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The examples of one device: neighbours in the order of one feature, so that devices see different sides of the whole. */
final class BiasedSlice implements Examples {

    private final Examples whole;
    private final int[] rows;

    private BiasedSlice(Examples whole, int[] rows) {
        this.whole = whole;
        this.rows = rows;
    }

    /** Orders of {@code whole} by each of the first {@code features} features: [features][examples]. */
    static int[][] orders(Examples whole, int features) {
        int count = whole.count();
        int width = whole.width();
        FloatBuffer values = FloatBuffer.allocate(count * width);
        whole.features(IntStream.range(0, count).toArray(), 0, count, values);
        int[][] orders = new int[features][];
        for (int i = 0; i < features; i++) {
            int feature = i;
            orders[i] = IntStream.range(0, count)
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> values.get(row * width + feature)))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return orders;
    }

    /** {@code size} neighbours somewhere in one of {@code orders}. */
    static BiasedSlice of(Examples whole, int[][] orders, int size, Rng rng) {
        int[] order = orders[rng.nextInt(orders.length)];
        int from = rng.nextInt(order.length - size + 1);
        return new BiasedSlice(whole, java.util.Arrays.copyOfRange(order, from, from + size));
    }

    private int[] own(int[] order, int from, int count) {
        int[] own = new int[count];
        for (int i = 0; i < count; i++) {
            own[i] = rows[order[from + i]];
        }
        return own;
    }

    @Override
    public int count() {
        return rows.length;
    }

    @Override
    public int width() {
        return whole.width();
    }

    @Override
    public int targets() {
        return whole.targets();
    }

    @Override
    public void features(int[] order, int from, int count, FloatBuffer features) {
        whole.features(own(order, from, count), 0, count, features);
    }

    @Override
    public void labels(int[] order, int from, int count, int[] labels) {
        whole.labels(own(order, from, count), 0, count, labels);
    }

    @Override
    public void targets(int[] order, int from, int count, float[] values) {
        whole.targets(own(order, from, count), 0, count, values);
    }
}
