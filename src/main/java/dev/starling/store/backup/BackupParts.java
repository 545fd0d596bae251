package dev.starling.store.backup;

import dev.starling.data.Featurizer;
import dev.starling.model.Snapshot;
import dev.starling.store.Pipeline;
import java.util.List;
import java.util.Optional;

/**
 * What goes with a model's values; each part may be missing.
 *
 * @param featurizer what turns the device's rows into the model's inputs
 * @param velocity of the optimizer, in the model's layout
 * @param lineage the model first, then what it came from, one after the other
 * @param pipeline that made it
 */
public record BackupParts(
        Optional<Featurizer> featurizer,
        Optional<Snapshot> velocity,
        Optional<KeyedRandomness> randomness,
        List<Ancestor> lineage,
        Optional<Pipeline> pipeline) {

    /** No part. */
    public static final BackupParts NONE =
            new BackupParts(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    public static BackupParts of(DeviceState state, List<Ancestor> lineage, Optional<Pipeline> pipeline) {
        return new BackupParts(state.featurizer(), state.velocity(), state.randomness(), lineage, pipeline);
    }

    /** The parts that are the device's own. */
    public DeviceState state() {
        return new DeviceState(featurizer, velocity, randomness);
    }

    public BackupParts {
        lineage = List.copyOf(lineage);
    }
}
