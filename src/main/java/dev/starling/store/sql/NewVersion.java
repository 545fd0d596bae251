package dev.starling.store.sql;

import dev.starling.base.Bytes;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.store.Form;
import dev.starling.store.ModelRoot;
import dev.starling.store.VersionKey;
import dev.starling.store.form.VersionCodec;
import java.util.Optional;

/**
 * A version to be written, encoded by whoever holds its values: hashing and encoding are not done on the store's
 * connection.
 *
 * @param reference what the form starts from; must be in the store or in the same batch; empty for a snapshot
 * @param sums a checksum of each tensor, to name the damaged one
 * @param payload encoded values; empty for a replay
 */
public record NewVersion(
        VersionKey key,
        ModelRoot root,
        Form form,
        Optional<VersionKey> reference,
        TensorLayout layout,
        Bytes sums,
        Optional<Bytes> payload,
        Origin origin) {

    public NewVersion {
        if (form == Form.SNAPSHOT ? reference.isPresent() : reference.isEmpty()) {
            throw new IllegalArgumentException("a snapshot has no reference and every other form has one, got " + form
                    + " of " + key + " with " + reference);
        }
        if (form == Form.REPLAY ? payload.isPresent() : payload.isEmpty()) {
            throw new IllegalArgumentException("every form but replay has a payload, got " + form + " of " + key);
        }
        // References point to smaller ids, so that there are no cycles and deletion can go from the top.
        reference.ifPresent(other -> {
            if (other.compareTo(key) >= 0 || (!other.isBase() && other.owner() != key.owner())) {
                throw new IllegalArgumentException(
                        "version " + key + " must refer to a base or to an earlier version of its own, got " + other);
            }
        });
    }

    public static NewVersion snapshot(VersionKey key, Snapshot model, Origin origin) {
        return of(key, model, Form.SNAPSHOT, Optional.empty(), Optional.of(VersionCodec.encode(model)), origin);
    }

    /** What differs from {@code against}, the values of {@code reference}: a base or an earlier version of the owner. */
    public static NewVersion delta(
            VersionKey key, Snapshot model, VersionKey reference, Snapshot against, Origin origin) {
        Form form = reference.isBase() ? Form.DELTA_TO_BASE : Form.DELTA_TO_PARENT;
        byte[] payload = VersionCodec.encodeDelta(model, against);
        return of(key, model, form, Optional.of(reference), Optional.of(payload), origin);
    }

    /** Any form, already encoded. */
    public static NewVersion encoded(
            VersionKey key, Snapshot model, Form form, Optional<VersionKey> reference, byte[] payload, Origin origin) {
        return of(key, model, form, reference, Optional.of(payload), origin);
    }

    /** The recipe in {@code origin} alone: the caller has seen that it gives {@code model} again. */
    public static NewVersion replay(VersionKey key, Snapshot model, VersionKey reference, Origin origin) {
        if (origin.recipe().isEmpty()) {
            throw new IllegalArgumentException("a replay needs its recipe, version " + key + " has none");
        }
        return of(key, model, Form.REPLAY, Optional.of(reference), Optional.empty(), origin);
    }

    private static NewVersion of(
            VersionKey key,
            Snapshot model,
            Form form,
            Optional<VersionKey> reference,
            Optional<byte[]> payload,
            Origin origin) {
        return new NewVersion(
                key,
                ModelRoot.of(model),
                form,
                reference,
                model.layout(),
                Bytes.of(TensorSums.of(model)),
                payload.map(Bytes::of),
                origin);
    }
}
