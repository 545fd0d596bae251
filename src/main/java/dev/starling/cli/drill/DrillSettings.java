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
 * @param pause how long what is paused, cut off, full or busy stays so
 * @param store URL of a database that versions are kept in; only where the drill is about one
 * @param nodes JVMs of the run, where they can be chosen
 * @param series which runs, where the drill has several
 */
record DrillSettings(
        Path scenario, List<String> overrides, Duration pause, Optional<String> store, int nodes, Series series) {

    /** Runs {@code from} to {@code from + times - 1} of all those that can be had with {@code seed}. */
    record Series(int times, long seed, int from) {}

    DrillSettings {
        overrides = List.copyOf(overrides);
    }
}
