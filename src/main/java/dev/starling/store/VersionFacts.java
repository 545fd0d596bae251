package dev.starling.store;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a version when its form is chosen.
 *
 * @param modelBytes of its values in memory, 4 each
 * @param snapshotBytes as a snapshot, encoded
 * @param base a delta against its base; empty for a base version
 * @param parent a delta against the version it was trained from, where that is not the base
 * @param replay the recipe; empty if it does not give the same bits again, or must not be run again
 */
public record VersionFacts(
        long modelBytes, long snapshotBytes, Optional<Link> base, Optional<Link> parent, Optional<Recipe> replay) {

    /**
     * A delta that could be kept.
     *
     * @param bytes of the delta, encoded
     * @param chain how many versions a recovery of the other model passes through; 0 if it is a snapshot or a base
     * @param recoverSeconds what a recovery of the other model takes; 0 if it is always at hand
     */
    public record Link(long bytes, int chain, double recoverSeconds) {}

    /**
     * A training that could be run again.
     *
     * @param bytes of the recipe
     * @param data of the examples that must be kept with it where it is executed centrally; empty if raw data stays home
     *     and the device itself trains again
     * @param examples that the training looks at, counted once per epoch
     * @param start the model it starts from: its delta bytes are of no matter
     */
    public record Recipe(long bytes, OptionalLong data, long examples, Link start) {

        /** Executed where the data is: on the device. */
        public Recipe(long bytes, long examples, Link start) {
            this(bytes, OptionalLong.empty(), examples, start);
        }

        /** That are kept and uploaded: of the recipe, and of the data if it goes with it. */
        long keptBytes() {
            return bytes + data.orElse(0);
        }
    }
}
