package dev.starling.scenario;

import dev.starling.model.LocalSettings;
import dev.starling.model.TrainedLayers;
import java.util.Optional;

/**
 * What devices do with their own models after the federated rounds, without uploading anything.
 *
 * @param sessions trainings of each personal model on what its device holds then; 0: none
 * @param share of the devices that do so, above 0 to 1; they take no part in later federated rounds
 * @param pauseSeconds fleet time between sessions, in which examples may arrive
 * @param train the layers that sessions change
 * @param local settings of a session
 * @param keepMomentum whether a session goes on with the momentum of the one before
 * @param update a new base delivered between sessions, if any
 */
public record PersonalSettings(
        int sessions,
        double share,
        double pauseSeconds,
        TrainedLayers train,
        LocalSettings local,
        boolean keepMomentum,
        Optional<Update> update) {

    /**
     * An app update.
     *
     * @param policy what devices do with the new base
     * @param after sessions done before it
     * @param base where the new base comes from
     * @param rounds federated rounds that make it; 0 unless it comes from rounds
     */
    public record Update(Policy policy, int after, Source base, int rounds) {}

    /** What becomes of a personal model when a new base comes. */
    public enum Policy {
        REPLACE,
        KEEP,
        REBASE,
        RETRAIN
    }

    /** Where a new base comes from: federated rounds of the other devices, or the coordinator's proxy data. */
    public enum Source {
        ROUNDS,
        PROXY
    }

    /** Whether devices have anything to do after the federated rounds. */
    public boolean any() {
        return sessions > 0 || update.isPresent();
    }
}
