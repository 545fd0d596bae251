package dev.starling.store;

/**
 * How versions are to be kept.
 *
 * @param mode one form for all, or the cheapest for each
 * @param secondsPerGigabyte λ, the one knob: what keeping a gigabyte for a year, or uploading one, is worth in seconds. Small:
 *     storage is cheap, recover fast; large: save bytes
 * @param years how long versions are kept
 * @param recoverProbability that a version is recovered in its life, 0 to 1 (expected number of recoveries, if more)
 * @param longestChain most versions that a recovery may pass through besides the first snapshot or base, at least 1
 * @param recoverySeconds most that a recovery may take
 */
public record StoragePolicy(
        Mode mode,
        double secondsPerGigabyte,
        double years,
        double recoverProbability,
        int longestChain,
        double recoverySeconds) {

    /** Which forms may be chosen. */
    public enum Mode {
        /** Every version on its own. */
        SNAPSHOT,
        /** Against the base; on its own if there is none, or the limits forbid it. */
        DELTA,
        /** The recipe, where it reproduces; else as DELTA. */
        REPLAY,
        /** Whichever costs least. */
        AUTO
    }

    public StoragePolicy {
        require(secondsPerGigabyte >= 0, "secondsPerGigabyte must be >= 0", secondsPerGigabyte);
        require(years >= 0, "years must be >= 0", years);
        require(recoverProbability >= 0, "recoverProbability must be >= 0", recoverProbability);
        require(longestChain >= 1, "longestChain must be >= 1", longestChain);
        require(recoverySeconds > 0, "recoverySeconds must be > 0", recoverySeconds);
    }

    private static void require(boolean holds, String rule, double value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", got " + value);
        }
    }
}
