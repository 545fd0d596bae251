package dev.starling.cli;

import dev.starling.metrics.ModelWriter;

/** The parts behind the commands; tests bring their own. */
public record Wiring(ScenarioSource scenarios, Simulator simulator, ModelWriter modelWriter) {}
