package dev.starling.data.view;

import dev.starling.base.SimTime;
import dev.starling.data.DataShape;
import dev.starling.data.FederatedData;
import dev.starling.model.Examples;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Data whose every example is known: example i of any device has label i mod classes, and feature j is {@code value(i,
 * j)}. Devices train on the same examples; the test set is them too.
 */
record Rowed(List<Integer> input, int classes, int devices, int examples, Value value) implements FederatedData {

    static final SimTime MIDNIGHT = SimTime.of(Instant.parse("2026-03-02T00:00:00Z"));

    /** The value of a feature. */
    interface Value {
        float of(int example, int feature);
    }

    @Override
    public DataShape shape() {
        return new DataShape(input, classes, true);
    }

    @Override
    public int trainingCount(int device) {
        return examples;
    }

    @Override
    public Examples training(int device) {
        return new Rows();
    }

    @Override
    public Examples heldOut(int device) {
        return new Rows();
    }

    @Override
    public List<Integer> labelCounts(int device) {
        int[] counts = new int[classes];
        IntStream.range(0, examples).forEach(i -> counts[i % classes]++);
        return Arrays.stream(counts).boxed().toList();
    }

    @Override
    public Examples test() {
        return new Rows();
    }

    @Override
    public Examples proxy() {
        return new Rows();
    }

    /** All features of {@code examples}, [count][width]. */
    static float[][] features(Examples examples) {
        float[][] rows = new float[examples.count()][examples.width()];
        float[] all = new float[examples.count() * examples.width()];
        examples.features(order(examples), 0, rows.length, FloatBuffer.wrap(all));
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(all, i * examples.width(), rows[i], 0, examples.width());
        }
        return rows;
    }

    static int[] labels(Examples examples) {
        int[] labels = new int[examples.count()];
        examples.labels(order(examples), 0, labels.length, labels);
        return labels;
    }

    static double mean(float[][] rows) {
        return Arrays.stream(rows)
                .flatMapToDouble(row -> IntStream.range(0, row.length).mapToDouble(j -> row[j]))
                .average()
                .orElseThrow();
    }

    private static int[] order(Examples examples) {
        return IntStream.range(0, examples.count()).toArray();
    }

    private final class Rows implements Examples {
        @Override
        public int count() {
            return examples;
        }

        @Override
        public int width() {
            return shape().width();
        }

        @Override
        public int targets() {
            return 0;
        }

        @Override
        public void features(int[] order, int from, int count, FloatBuffer to) {
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < width(); j++) {
                    to.put(i * width() + j, value.of(order[from + i], j));
                }
            }
        }

        @Override
        public void labels(int[] order, int from, int count, int[] to) {
            for (int i = 0; i < count; i++) {
                to[i] = order[from + i] % classes;
            }
        }

        @Override
        public void targets(int[] order, int from, int count, float[] to) {}
    }
}
