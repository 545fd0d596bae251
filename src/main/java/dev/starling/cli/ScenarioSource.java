package dev.starling.cli;

import dev.starling.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Where the command line gets scenarios from. */
@FunctionalInterface
public interface ScenarioSource {

    /**
     * Reads and validates {@code file}; throws {@link dev.starling.base.InputException} with all problems.
     *
     * @param overrides each {@code key=value}
     * @param seed replaces the scenario's own
     */
    Scenario read(Path file, List<String> overrides, OptionalLong seed);

    /**
     * As {@link #read(Path, List, OptionalLong)}, and with the problems of single values if the data takes at most
     * {@code mostBytes}.
     */
    default Scenario read(Path file, List<String> overrides, OptionalLong seed, long mostBytes) {
        return read(file, overrides, seed);
    }
}
