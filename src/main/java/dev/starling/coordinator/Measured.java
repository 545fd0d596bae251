package dev.starling.coordinator;

/**
 * What a round took where it was run.
 *
 * @param wallSeconds all of it
 * @param trainSeconds the part in which devices trained
 * @param nodeBytes of messages between nodes
 */
record Measured(double wallSeconds, double trainSeconds, long nodeBytes) {}
