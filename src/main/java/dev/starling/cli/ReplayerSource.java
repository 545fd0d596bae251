package dev.starling.cli;

import dev.starling.store.Replayer;
import java.nio.file.Path;
import java.util.Optional;

/** Where the command line finds somebody who can train a device's model again. */
@FunctionalInterface
public interface ReplayerSource {

    /** Nobody can. */
    ReplayerSource NONE = results -> Optional.empty();

    /**
     * Asked once, when the first version that is kept as a recipe is met. A replayer that is AutoCloseable is closed at the end.
     *
     * @param results a run's directory, with its {@code scenario.conf}
     * @return empty if this machine does not own the devices' data
     * @throws dev.starling.base.InputException if the scenario or its data cannot be read
     */
    Optional<Replayer> of(Path results);
}
