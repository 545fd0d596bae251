package dev.starling.cli;

import dev.starling.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Which scenario to read, and how to change it. */
record RunArguments(Path file, List<String> overrides, OptionalLong seed) {

    /** For a run that is taken up again: its scenario is {@code usual} unless a file is given. */
    static RunArguments of(List<String> words, List<String> overrides, @Nullable Long seed, Path usual) {
        if (!Overrides.of(words, overrides).others().isEmpty()) {
            return of(words, overrides, seed);
        }
        return of(Overrides.of(words, overrides), usual, seed);
    }

    static RunArguments of(List<String> words, List<String> overrides, @Nullable Long seed) {
        Overrides sorted = Overrides.withOne("run", "scenario file", words, overrides);
        return of(sorted, sorted.file(), seed);
    }

    private static RunArguments of(Overrides sorted, Path file, @Nullable Long seed) {
        return new RunArguments(file, sorted.settings(), seed == null ? OptionalLong.empty() : OptionalLong.of(seed));
    }

    Scenario read(ScenarioSource scenarios) {
        return scenarios.read(file, overrides, seed);
    }
}
