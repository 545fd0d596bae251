package dev.starling.scenario;

import dev.starling.store.Rates;
import dev.starling.store.StoragePolicy;
import java.util.Optional;

/**
 * Whether and how the versions of all models are kept.
 *
 * @param policy empty: nothing is kept
 * @param url of a database; empty: a file in the results directory
 * @param user who connects to it
 * @param rounding bits that devices round what they have learnt to, keep and upload, 8 or 4; 0: they do not
 * @param rates that costs are computed with; empty: they are measured
 */
public record KeepingSettings(
        Optional<StoragePolicy> policy, Optional<String> url, String user, int rounding, Optional<Rates> rates) {

    /** Nothing is kept. */
    public static final KeepingSettings OFF =
            new KeepingSettings(Optional.empty(), Optional.empty(), "starling", 0, Optional.empty());
}
