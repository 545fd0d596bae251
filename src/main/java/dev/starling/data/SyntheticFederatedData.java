package dev.starling.data;

import dev.starling.model.Examples;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The featurized form of {@link SyntheticData}. Recently used devices are kept, up to a fixed size. */
final class SyntheticFederatedData implements FederatedData {

    /** 64 MB: small fleets are drawn once, and large ones cost no more than this. */
    private static final long MAX_KEPT_FLOATS = 1L << 24;

    private final SyntheticData data;
    private final RowFeaturizer featurizer;
    private final Examples test;
    private final Examples proxy;
    private final Map<Integer, Device> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptFloats;

    SyntheticFederatedData(SyntheticData data, Featurizer featurizer) {
        this.data = data;
        this.featurizer = new RowFeaturizer(featurizer);
        this.test = all(data.test());
        this.proxy = all(data.proxy());
    }

    /** The featurized rows of one device. */
    private record Device(Featurized rows, int training) {
        Examples range(int start, int count) {
            return rows.range(start, count);
        }
    }

    private static final class Featurized {
        private final float[] features;
        private final int width;
        private final Answers answers;
        private final int[] order;

        Featurized(float[] features, int width, Answers answers) {
            this.features = features;
            this.width = width;
            this.answers = answers;
            this.order = Rows.all(answers.rows());
        }

        Examples range(int start, int count) {
            return new ArrayExamples(features, width, answers, order, start, count);
        }
    }

    @Override
    public int devices() {
        return data.devices();
    }

    @Override
    public DataShape shape() {
        return data.shape();
    }

    @Override
    public int trainingCount(int device) {
        return data.trainingCount(device);
    }

    @Override
    public Examples training(int device) {
        Device own = device(device);
        return own.range(0, own.training());
    }

    @Override
    public Examples heldOut(int device) {
        Device own = device(device);
        return own.range(own.training(), own.rows().order.length - own.training());
    }

    @Override
    public List<Integer> labelCounts(int device) {
        Device own = device(device);
        int[] counts = new int[data.shape().outputs()];
        for (int i = 0; i < own.training(); i++) {
            counts[own.rows().answers.label(i)]++;
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

    /** Two threads may draw the same device at once; both get the same numbers. */
    private Device device(int device) {
        synchronized (kept) {
            Device known = kept.get(device);
            if (known != null) {
                return known;
            }
        }
        Table table = data.examples(device);
        Featurized rows = new Featurized(featurizer.features(table), featurizer.width(), table.answers());
        Device drawn = new Device(rows, data.trainingCount(device));
        keep(device, drawn);
        return drawn;
    }

    private void keep(int device, Device drawn) {
        synchronized (kept) {
            if (kept.putIfAbsent(device, drawn) != null) {
                return;
            }
            keptFloats += drawn.rows().features.length;
            Iterator<Device> eldest = kept.values().iterator();
            while (keptFloats > MAX_KEPT_FLOATS && eldest.hasNext()) {
                keptFloats -= eldest.next().rows().features.length;
                eldest.remove();
            }
        }
    }

    private Examples all(Table table) {
        return ArrayExamples.all(featurizer.features(table), featurizer.width(), table.answers());
    }
}
