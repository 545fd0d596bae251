package dev.starling.store.form;

import dev.starling.base.Bytes;
import dev.starling.model.Snapshot;

/**
 * A model whose delta was rounded, and which the device goes on with in place of what it had trained: so what is kept is
 * what the device has, bit for bit, at a quarter of the size.
 *
 * @param model base + rounded delta
 * @param payload what {@link VersionCodec#decodeDelta} makes {@code model} of, with the same base
 */
public record AdoptedModel(Snapshot model, Bytes payload) {

    /**
     * Rounds {@code trained} − {@code base}, but not the tensors that are not trained (running statistics), to {@code
     * bits} (8 or 4) per value: symmetric uniform quantisation with one scale per tensor, the largest change of the
     * tensor over 127 or 7. A value moves by at most half a scale. Throws IllegalArgumentException, with tensor and
     * position, for a change that is not finite.
     */
    public static AdoptedModel adopt(Snapshot base, Snapshot trained, int bits) {
        return AdoptedForm.adopt(base, trained, bits);
    }
}
