package dev.starling.fleet;

import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Speeds and bandwidths of real devices in place of those of classes.
 *
 * @param file a table of capacities in CSV or JSON, dealt out to the fleet in turn
 * @param flopsPerSample of the forward pass of the model whose latency the table has; empty: it is the scenario's model
 */
public record CapacitySettings(Path file, OptionalDouble flopsPerSample) {}
