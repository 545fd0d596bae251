package dev.starling.cli.bench;

/**
 * What a run did while all others stood still.
 *
 * @param rounds that it committed
 * @param cpuSeconds that all its processes took together
 */
record Turn(double seconds, int rounds, double cpuSeconds) {}
