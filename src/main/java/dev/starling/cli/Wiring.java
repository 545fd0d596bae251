package dev.starling.cli;

import dev.starling.metrics.ModelWriter;

/** The parts behind the commands; tests bring their own. */
public record Wiring(ScenarioSource scenarios, Simulator simulator, ModelWriter modelWriter, ReplayerSource replayers) {

    /** Without anybody who can train a model again. */
    public Wiring(ScenarioSource scenarios, Simulator simulator, ModelWriter modelWriter) {
        this(scenarios, simulator, modelWriter, ReplayerSource.NONE);
    }
}
