package dev.starling.store;

import dev.starling.base.SimTime;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What the store knows about a version without its values.
 *
 * @param reference the version that a delta or replay starts from; empty for a snapshot
 * @param chain references from here down to a snapshot: 0 for a snapshot
 * @param payload where its bytes are; empty for a replay, which has none
 * @param created fleet time
 * @param pipeline root of the pipeline that made it
 */
public record VersionRecord(
        VersionKey key,
        ModelRoot root,
        Form form,
        Optional<VersionKey> reference,
        int chain,
        Optional<Payload> payload,
        SimTime created,
        Optional<Recipe> recipe,
        Optional<String> pipeline,
        Optional<VersionMetrics> metrics,
        SortedSet<String> tags) {

    /**
     * The encoded bytes of a version.
     *
     * @param address SHA-256 of the bytes, in hexadecimal
     * @param inline whether they lie in the version's own row, being too small to be worth sharing
     */
    public record Payload(String address, int bytes, boolean inline) {}

    /** Bytes of the payload; 0 for a replay. */
    public int bytes() {
        return payload.map(Payload::bytes).orElse(0);
    }
}
