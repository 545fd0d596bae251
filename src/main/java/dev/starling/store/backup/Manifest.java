package dev.starling.store.backup;

import dev.starling.base.SimTime;
import dev.starling.model.TensorLayout;
import dev.starling.store.ModelRoot;
import dev.starling.store.VersionKey;
import java.util.Optional;

/**
 * Which model a backup holds.
 *
 * @param run that made it
 * @param key which version of which device
 * @param created fleet time
 * @param root of its values: what is restored has this root or is refused
 * @param base what its values are kept as a difference from; empty if they are kept whole
 */
public record Manifest(
        String run, VersionKey key, SimTime created, TensorLayout layout, ModelRoot root, Optional<Base> base) {

    /** Base version {@code key} of the run, with its root: another run's base with the same root is the same base. */
    public record Base(VersionKey key, ModelRoot root) {
        public Base {
            if (!key.isBase()) {
                throw new IllegalArgumentException("a model is kept against a base version, got " + key);
            }
        }
    }
}
