package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Generated;
import dev.starling.data.DataSettings.Synthetic;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Synthetic(α, β): nothing is made until it is asked for, so that a million devices cost nothing.
 *
 * <p>The test set and the proxy data are fresh examples of devices spread evenly over the fleet, as many of each as its
 * share of their sizes: what pooling the held-out data of a sample of devices would give, of a chosen size.
 */
final class SyntheticData implements RawData {

    /** Streams of examples: what devices own, the test set, the proxy data. */
    private static final int OWN = 0;

    private static final int TEST = 1;
    private static final int PROXY = 2;
    /** Examples that the featurizer is fitted on without proxy data, and proxy examples at most. */
    private static final int MAX_PROXY = 10_000;
    /** Test and proxy data come from at most this many devices. */
    private static final int MAX_SAMPLED_DEVICES = 1_000;

    private final Synthetic source;
    private final DataSettings settings;
    private final int devices;
    private final Seeds seeds;

    SyntheticData(Synthetic source, DataSettings settings, int devices, Seeds seeds) {
        if (!(settings.partition() instanceof Generated)) {
            throw new InputException(
                    "synthetic",
                    "generates the examples of every device and cannot be partitioned otherwise, got "
                            + settings.partition().getClass().getSimpleName());
        }
        this.source = source;
        this.settings = settings;
        this.devices = devices;
        this.seeds = source.dataSeed().isPresent() ? new Seeds(source.dataSeed().getAsLong()) : seeds;
    }

    static DataShape shape(Synthetic source) {
        return new DataShape(List.of(source.features()), source.classes(), true);
    }

    @Override
    public Featurizer fitFeaturizer() {
        int count = proxyCount();
        Table sample = sample(count > 0 ? count : MAX_PROXY, PROXY);
        return FeatureFitting.fit(sample, Rows.all(sample.rows()), Set.of(), settings.features());
    }

    @Override
    public FederatedData featurized(Featurizer featurizer) {
        return new SyntheticFederatedData(this, featurizer);
    }

    @Override
    public DataShape shape(Featurizer featurizer) {
        return shape();
    }

    @Override
    public void require(ExampleNeeds needs, Featurizer featurizer) {
        needs.requireNoCodes("synthetic");
    }

    @Override
    public List<DataFile> files() {
        return List.of();
    }

    int devices() {
        return devices;
    }

    DataShape shape() {
        return settings.answers().widen(shape(source));
    }

    int size(int device) {
        if (device < 0 || device >= devices) {
            throw new IndexOutOfBoundsException("device must be in 0 … " + (devices - 1) + ", got " + device);
        }
        return SyntheticTask.size(source, device, seeds);
    }

    int trainingCount(int device) {
        int size = size(device);
        return size - HoldBack.count(size, settings.holdBack());
    }

    /** All examples of a device; those that it holds back come last. */
    Table examples(int device) {
        int count = size(device);
        float[] inputs = new float[Math.multiplyExact(count, source.features())];
        int[] labels = new int[count];
        SyntheticTask.of(source, device, seeds).draw(count, stream(device, OWN), inputs, labels, 0);
        return Table.of(source.features(), inputs, Answers.labels(labels));
    }

    Table test() {
        return sample(source.testExamples(), TEST);
    }

    Table proxy() {
        return sample(proxyCount(), PROXY);
    }

    /** The share of all examples, counted without drawing one, but not more than {@link #MAX_PROXY}. */
    private int proxyCount() {
        if (settings.proxy() == 0) {
            return 0;
        }
        long total = 0;
        for (int device = 0; device < devices; device++) {
            total += size(device);
        }
        return (int) Math.min(MAX_PROXY, Math.ceil(total * settings.proxy()));
    }

    private Table sample(int count, int stream) {
        int sampled = Math.min(devices, Math.min(MAX_SAMPLED_DEVICES, Math.max(1, count / 10)));
        int[] chosen = new int[sampled];
        Arrays.setAll(chosen, i -> (int) ((long) devices * i / sampled));
        double[] sizes = Arrays.stream(chosen).mapToDouble(this::size).toArray();
        int[] offsets = SizePartitions.offsets(sizes, 0, count);
        float[] inputs = new float[Math.multiplyExact(count, source.features())];
        int[] labels = new int[count];
        for (int i = 0; i < sampled; i++) {
            int wanted = offsets[i + 1] - offsets[i];
            if (wanted > 0) {
                SyntheticTask.of(source, chosen[i], seeds)
                        .draw(wanted, stream(chosen[i], stream), inputs, labels, offsets[i]);
            }
        }
        return Table.of(source.features(), inputs, Answers.labels(labels));
    }

    private Rng stream(int device, int stream) {
        return seeds.of(Purpose.GENERATE_DATA, device, stream);
    }
}
