package dev.starling.cli;

import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Scenarios from files, checked against the files that they name. */
final class CheckedScenarios implements ScenarioSource {

    @Override
    public Scenario read(Path file, List<String> overrides, OptionalLong seed) {
        return ScenarioCheck.read(file, overrides, seed);
    }

    @Override
    public Scenario read(Path file, List<String> overrides, OptionalLong seed, long mostBytes) {
        return ScenarioCheck.read(file, overrides, seed, mostBytes);
    }
}
