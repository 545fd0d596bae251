package dev.starling.data;

import dev.starling.base.InputException;
import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Dirichlet;
import dev.starling.data.DataSettings.Generated;
import dev.starling.data.DataSettings.Synthetic;
import java.util.List;
import java.util.Set;

/**
 * Synthetic(α, β) for very large fleets: every node draws one pool of examples, a stretch of it for each group of
 * devices. A device is a place in the stretch of its group: it costs nothing until it is asked, and next
 * to nothing then, while drawing its own examples would cost more than training on them.
 */
final class SyntheticPool implements RawData {

    private static final int OWN = 0;
    private static final int TEST = 1;
    private static final int PROXY = 2;
    private static final int MAX_PROXY = 10_000;

    private final Synthetic tasks;
    private final int groups;
    private final DataSettings settings;
    private final int devices;
    private final Seeds seeds;
    private final Table pool;
    private final int[] offsets;
    private final PoolLabels labels;

    SyntheticPool(DataSettings.SyntheticPool source, DataSettings settings, int devices, Seeds seeds) {
        if (!(settings.partition() instanceof Generated || settings.partition() instanceof Dirichlet)) {
            throw new InputException(
                    "synthetic-pool",
                    "gives every device its examples and can only be partitioned by Dirichlet, got "
                            + settings.partition().getClass().getSimpleName());
        }
        this.tasks = source.tasks();
        this.groups = source.groups();
        this.settings = settings;
        this.devices = devices;
        this.seeds = tasks.dataSeed().isPresent() ? new Seeds(tasks.dataSeed().getAsLong()) : seeds;
        this.offsets = SizePartitions.evenOffsets(source.poolExamples(), groups);
        this.pool = draw(source.poolExamples(), OWN);
        this.labels = new PoolLabels(pool.answers(), offsets, tasks.classes());
    }

    /** {@code count} examples, as many of each group. */
    private Table draw(int count, int stream) {
        int[] stretches = SizePartitions.evenOffsets(count, groups);
        float[] inputs = new float[Math.multiplyExact(count, tasks.features())];
        int[] labels = new int[count];
        for (int group = 0; group < groups; group++) {
            Rng rng = seeds.of(Purpose.GENERATE_DATA, group, stream);
            int wanted = stretches[group + 1] - stretches[group];
            if (wanted > 0) {
                SyntheticTask.of(tasks, group, seeds).draw(wanted, rng, inputs, labels, stretches[group]);
            }
        }
        return Table.of(tasks.features(), inputs, Answers.labels(labels));
    }

    @Override
    public Featurizer fitFeaturizer() {
        Table sample = settings.proxy() > 0 ? proxy() : pool;
        return FeatureFitting.fit(sample, Rows.all(sample.rows()), Set.of(), settings.features());
    }

    @Override
    public FederatedData featurized(Featurizer featurizer) {
        return new PooledFederatedData(this, featurizer);
    }

    @Override
    public DataShape shape(Featurizer featurizer) {
        return shape();
    }

    @Override
    public void require(ExampleNeeds needs, Featurizer featurizer) {
        needs.requireNoCodes("synthetic-pool");
    }

    @Override
    public List<DataFile> files() {
        return List.of();
    }

    int devices() {
        return devices;
    }

    DataShape shape() {
        return settings.answers().widen(SyntheticData.shape(tasks));
    }

    Table pool() {
        return pool;
    }

    Table test() {
        return draw(tasks.testExamples(), TEST);
    }

    /** The share of the pool's size: fresh examples, which no device holds. */
    Table proxy() {
        return draw((int) Math.min(MAX_PROXY, Math.ceil(pool.rows() * settings.proxy())), PROXY);
    }

    int size(int device) {
        if (device < 0 || device >= devices) {
            throw new IndexOutOfBoundsException("device must be in 0 … " + (devices - 1) + ", got " + device);
        }
        return SyntheticTask.size(tasks, device, seeds);
    }

    int trainingCount(int device) {
        int size = size(device);
        return size - HoldBack.count(size, settings.holdBack());
    }

    /** What {@code device} holds: rows of its group's stretch, none twice unless it holds more than there are. */
    PoolRows rows(int device) {
        Rng rng = seeds.of(Purpose.POOL, device);
        int group = rng.nextInt(groups);
        if (settings.partition() instanceof Dirichlet dirichlet) {
            int[] mixed = labels.draw(group, size(device), dirichlet.alpha(), rng);
            return index -> mixed[index];
        }
        int length = offsets[group + 1] - offsets[group];
        return new PoolRun(offsets[group], length, rng.nextInt(length));
    }
}
