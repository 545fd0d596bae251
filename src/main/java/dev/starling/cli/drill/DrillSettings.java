package dev.starling.cli.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a drill is played with.
 *
 * @param scenario that is run
 * @param overrides of it, {@code key=value}
 * @param pause how long what is paused, cut off or full stays so
 * @param store URL of a database that versions are kept in; only where the drill is about one
 */
record DrillSettings(Path scenario, List<String> overrides, Duration pause, Optional<String> store) {

    DrillSettings {
        overrides = List.copyOf(overrides);
    }
}
