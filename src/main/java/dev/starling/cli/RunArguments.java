package dev.starling.cli;

import dev.starling.base.InputException;
import dev.starling.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which scenario to read, and how to change it. {@code --set a=1 b=2} gives the second override as a word of its own:
 * words with an equals sign that are no files are overrides.
 */
record RunArguments(Path file, List<String> overrides, OptionalLong seed) {

    /**
     * As below, for a run that is taken up again: its scenario is {@code usual} unless a file is given.
     */
    static RunArguments of(List<String> words, List<String> overrides, @Nullable Long seed, Path usual) {
        boolean file = words.stream().anyMatch(word -> !isOverride(word));
        List<String> all = new ArrayList<>(words);
        if (!file) {
            all.add(usual.toString());
        }
        return of(all, overrides, seed);
    }

    private static boolean isOverride(String word) {
        return word.contains("=") && !Files.exists(Path.of(word));
    }

    static RunArguments of(List<String> words, List<String> overrides, @Nullable Long seed) {
        List<String> files = new ArrayList<>();
        List<String> all = new ArrayList<>(overrides);
        for (String word : words) {
            (isOverride(word) ? all : files).add(word);
        }
        if (files.size() != 1) {
            throw new InputException("run", "takes one scenario file, got " + (files.isEmpty() ? "none" : files));
        }
        for (String override : all) {
            if (override.indexOf('=') < 1) {
                throw new InputException("--set", "must be key=value, got " + override);
            }
        }
        return new RunArguments(
                Path.of(files.get(0)), List.copyOf(all), seed == null ? OptionalLong.empty() : OptionalLong.of(seed));
    }

    Scenario read(ScenarioSource scenarios) {
        return scenarios.read(file, overrides, seed);
    }
}
