package dev.starling.data;

import dev.starling.model.Examples;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** The featurized form of {@link SyntheticPool}: arrays that all devices of the node read. */
final class PooledFederatedData implements FederatedData {

    private final SyntheticPool pool;
    private final int width;
    private final float[] features;
    private final Answers answers;
    private final Examples test;
    private final Examples proxy;

    PooledFederatedData(SyntheticPool pool, Featurizer featurizer) {
        this.pool = pool;
        RowFeaturizer rows = new RowFeaturizer(featurizer);
        this.width = rows.width();
        this.features = rows.features(pool.pool());
        this.answers = pool.pool().answers();
        Table tests = pool.test();
        this.test = ArrayExamples.all(rows.features(tests), width, tests.answers());
        Table proxies = pool.proxy();
        this.proxy = ArrayExamples.all(rows.features(proxies), width, proxies.answers());
    }

    @Override
    public int devices() {
        return pool.devices();
    }

    @Override
    public DataShape shape() {
        return pool.shape();
    }

    @Override
    public int trainingCount(int device) {
        return pool.trainingCount(device);
    }

    @Override
    public Examples training(int device) {
        return new Pooled(pool.rows(device), 0, pool.trainingCount(device));
    }

    @Override
    public Examples heldOut(int device) {
        int trained = pool.trainingCount(device);
        return new Pooled(pool.rows(device), trained, pool.size(device) - trained);
    }

    @Override
    public List<Integer> labelCounts(int device) {
        PoolRows rows = pool.rows(device);
        int[] counts = new int[shape().outputs()];
        for (int i = 0; i < pool.trainingCount(device); i++) {
            counts[answers.label(rows.row(i))]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    @Override
    public Examples test() {
        return test;
    }

    @Override
    public Examples proxy() {
        return proxy;
    }

    private final class Pooled implements Examples {
        private final PoolRows rows;
        private final int start;
        private final int count;

        Pooled(PoolRows rows, int start, int count) {
            this.rows = rows;
            this.start = start;
            this.count = count;
        }

        @Override
        public int count() {
            return count;
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
        public void features(int[] order, int from, int examples, FloatBuffer to) {
            for (int i = 0; i < examples; i++) {
                to.put(i * width, features, row(order[from + i]) * width, width);
            }
        }

        @Override
        public void labels(int[] order, int from, int examples, int[] to) {
            for (int i = 0; i < examples; i++) {
                to[i] = answers.label(row(order[from + i]));
            }
        }

        @Override
        public void targets(int[] order, int from, int examples, float[] to) {
            // Examples with labels have no targets.
        }

        private int row(int example) {
            if (example < 0 || example >= count) {
                throw new IndexOutOfBoundsException("example must be in 0 … " + (count - 1) + ", got " + example);
            }
            return rows.row(start + example);
        }
    }
}
