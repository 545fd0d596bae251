package dev.starling.store.backup;

import dev.starling.base.Bytes;
import dev.starling.data.Featurizer;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.store.DamagedModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a device holds beside its model's values; each part may be missing.
 *
 * @param featurizer what turns the device's rows into the model's inputs
 * @param velocity of the optimizer, in the model's layout
 */
public record DeviceState(
        Optional<Featurizer> featurizer, Optional<Snapshot> velocity, Optional<KeyedRandomness> randomness) {

    public static final DeviceState NONE = new DeviceState(Optional.empty(), Optional.empty(), Optional.empty());

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Which parts there are, for people. */
    public List<String> parts() {
        List<String> parts = new ArrayList<>();
        featurizer.ifPresent(part -> parts.add("featurizer"));
        velocity.ifPresent(part -> parts.add("optimizer state"));
        randomness.ifPresent(part -> parts.add("state of randomness"));
        return parts;
    }

    /** As bytes; {@link #decode} has them back. */
    public Bytes encode() {
        BodyWriter out = new BodyWriter();
        PartCodec.write(this, out);
        return Bytes.of(out.toArray());
    }

    /** What {@link #encode} was given; throws BackupRefusedException for what is no state of a model with {@code layout}. */
    public static DeviceState decode(Bytes bytes, TensorLayout layout) {
        try {
            BodyReader in = new BodyReader(bytes.toArray());
            DeviceState state = PartCodec.readState(in, layout);
            in.requireEnd();
            return state;
        } catch (IllegalArgumentException | DamagedModelException e) {
            throw BackupRefusedException.damaged(String.valueOf(e.getMessage()));
        }
    }
}
