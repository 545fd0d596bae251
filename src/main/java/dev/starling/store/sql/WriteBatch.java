package dev.starling.store.sql;

import dev.starling.store.VersionKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is written in one transaction: usually all versions that one node made in one round.
 *
 * @param versions in any order, each key once
 */
public record WriteBatch(String run, List<NewVersion> versions) {

    public WriteBatch {
        versions = List.copyOf(versions);
        Set<VersionKey> keys = new HashSet<>();
        for (NewVersion version : versions) {
            if (!keys.add(version.key())) {
                throw new IllegalArgumentException("a batch holds each version once, got " + version.key() + " twice");
            }
        }
    }

    /** Bytes of all payloads. */
    public long bytes() {
        return versions.stream()
                .mapToLong(version ->
                        version.payload().map(payload -> payload.size()).orElse(0))
                .sum();
    }
}
