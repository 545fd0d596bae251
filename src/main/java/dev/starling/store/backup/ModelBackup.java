package dev.starling.store.backup;

import dev.starling.base.Bytes;
import dev.starling.base.SimTime;
import dev.starling.model.Snapshot;
import dev.starling.store.DamagedModelException;
import dev.starling.store.ModelRoot;
import dev.starling.store.VersionKey;
import dev.starling.store.backup.BackupRefusedException.Reason;
import dev.starling.store.form.VersionCodec;
import java.util.Optional;
import java.util.function.Function;

/**
 * A personal model as it stands in a backup: its values are encoded still, since it may take a base that only the restorer
 * has to read them.
 *
 * @param values a delta against the manifest's base, or a snapshot if it names none
 * @param embeddedBase the base as a snapshot, if the file brings it along
 */
public record ModelBackup(Manifest manifest, Bytes values, Optional<Bytes> embeddedBase, BackupParts parts) {

    public ModelBackup {
        if (embeddedBase.isPresent() && manifest.base().isEmpty()) {
            throw new IllegalArgumentException("a backup embeds a base only if it has one");
        }
        if (parts.velocity().isPresent() && !parts.velocity().get().layout().equals(manifest.layout())) {
            throw new IllegalArgumentException("the velocity must have the model's layout");
        }
    }

    /** A base model with its key. */
    public record BaseModel(VersionKey key, Snapshot model) {}

    /**
     * A backup of {@code model}. It is kept as a difference from {@code base} if that is smaller than the model on its own,
     * which then needs no base; {@code base} must have its tensors to count.
     */
    public static ModelBackup of(
            String run,
            VersionKey key,
            SimTime created,
            Snapshot model,
            Optional<BaseModel> base,
            boolean embedBase,
            BackupParts parts) {
        ModelRoot root = ModelRoot.of(model);
        byte[] whole = VersionCodec.encode(model);
        if (base.isPresent() && base.get().model().layout().equals(model.layout())) {
            Snapshot against = base.get().model();
            byte[] delta = VersionCodec.encodeDelta(model, against);
            if (delta.length < whole.length) {
                Manifest.Base reference = new Manifest.Base(base.get().key(), ModelRoot.of(against));
                return new ModelBackup(
                        new Manifest(run, key, created, model.layout(), root, Optional.of(reference)),
                        Bytes.of(delta),
                        embedBase ? Optional.of(Bytes.of(VersionCodec.encode(against))) : Optional.empty(),
                        parts);
            }
        }
        return new ModelBackup(
                new Manifest(run, key, created, model.layout(), root, Optional.empty()),
                Bytes.of(whole),
                Optional.empty(),
                parts);
    }

    /** The base that the file brings along, verified by its root. */
    public Optional<Snapshot> embedded() {
        return embeddedBase.map(bytes -> {
            ModelRoot expected = manifest.base().orElseThrow().root();
            return verified("base", expected, decoded(() -> VersionCodec.decode(bytes.toArray(), manifest.layout())));
        });
    }

    /**
     * The values, verified by their root.
     *
     * @param bases finds a base that is not embedded
     * @throws BackupRefusedException if the values are not what was backed up, or there is no such base
     */
    public Snapshot recover(Function<Manifest.Base, Optional<Snapshot>> bases) {
        byte[] payload = values.toArray();
        if (manifest.base().isEmpty()) {
            return verified("model", manifest.root(), decoded(() -> VersionCodec.decode(payload, manifest.layout())));
        }
        Manifest.Base reference = manifest.base().get();
        Snapshot base = embedded()
                .or(() -> bases.apply(reference)
                        .filter(found -> found.layout().equals(manifest.layout()))
                        .map(found -> verified("base", reference.root(), found)))
                .orElseThrow(() -> new BackupRefusedException(
                        Reason.UNKNOWN_BASE,
                        "the backup is a difference from " + reference.key() + " of run " + manifest.run()
                                + " with root " + reference.root()
                                + ", which is neither embedded in it nor in the store"));
        return verified("model", manifest.root(), decoded(() -> VersionCodec.decodeDelta(payload, base)));
    }

    private interface Decoding {
        Snapshot decode();
    }

    private static Snapshot decoded(Decoding decoding) {
        try {
            return decoding.decode();
        } catch (DamagedModelException | IllegalArgumentException e) {
            throw BackupRefusedException.damaged(String.valueOf(e.getMessage()));
        }
    }

    private static Snapshot verified(String what, ModelRoot expected, Snapshot model) {
        ModelRoot actual = ModelRoot.of(model);
        if (!actual.equals(expected)) {
            throw BackupRefusedException.damaged(
                    "its " + what + " must have the root " + expected + ", the values have " + actual);
        }
        return model;
    }
}
