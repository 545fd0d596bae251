package dev.starling.store.backup;

import java.util.List;

/**
 * The state of a device's randomness. Streams are keyed by seed, purpose and keys, never by call order (see {@link
 * dev.starling.base.Seeds}): so the seed and the keys of the next session are all there is to keep.
 *
 * @param seed of the run
 * @param keys of the next session, for example device and session
 */
public record KeyedRandomness(long seed, List<Long> keys) {

    public KeyedRandomness {
        keys = List.copyOf(keys);
    }
}
