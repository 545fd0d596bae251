package dev.starling.store.sql;

import dev.starling.base.SimTime;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.Recipe;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Models that are a function of their key, as those of a seeded run are. */
final class SmallModels {

    /** 330 values in two tensors: 1,320 bytes. */
    static final TensorLayout LAYOUT = new TensorLayout(
            List.of(new TensorSpec("0.dense.weight", List.of(10, 32)), new TensorSpec("0.dense.bias", List.of(10))));

    private SmallModels() {}

    static Snapshot model(TensorLayout layout, long seed) {
        Random random = new Random(seed);
        float[] values = new float[layout.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Snapshot.of(layout, values);
    }

    static Snapshot model(VersionKey key) {
        return model(LAYOUT, 31L * key.owner() + 1_000_003L * key.sequence());
    }

    /** {@code from} with the last tensor, ten values, changed. */
    static Snapshot drifted(Snapshot from, long seed) {
        float[] values = from.toFloats();
        Random random = new Random(seed);
        for (int i = values.length - 10; i < values.length; i++) {
            values[i] += (float) (0.01 * random.nextGaussian());
        }
        return Snapshot.of(from.layout(), values);
    }

    static Origin origin(VersionKey key) {
        SimTime time = new SimTime(1_000_000L * key.sequence());
        return Origin.at(time)
                .with(
                        new Recipe(key.sequence() + 1, 0, 40, time),
                        new VersionMetrics(100 + key.owner(), 1.0 / (2 + key.owner()), 40));
    }

    static NewVersion base(int version) {
        VersionKey key = VersionKey.base(version);
        return NewVersion.snapshot(key, model(key), Origin.at(new SimTime(1_000_000L * version)));
    }

    /** A device's model of {@code round}: its base, drifted. */
    static Snapshot personal(int device, int round, int base) {
        return drifted(model(VersionKey.base(base)), 1_000L * device + round);
    }

    static NewVersion personalDelta(int device, int round, int base) {
        VersionKey key = VersionKey.of(device, round);
        VersionKey reference = VersionKey.base(base);
        return NewVersion.delta(key, personal(device, round, base), reference, model(reference), origin(key));
    }

    /** Base {@code round} and what {@code devices} made from it. */
    static WriteBatch round(String run, int round, int devices) {
        List<NewVersion> versions = new ArrayList<>(List.of(base(round)));
        for (int device = 0; device < devices; device++) {
            versions.add(personalDelta(device, round, round));
        }
        return new WriteBatch(run, versions);
    }
}
