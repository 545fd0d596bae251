package dev.starling.data;

/**
 * A file that a scenario's data came from.
 *
 * @param name as the scenario names it
 * @param sha256 lower-case hex over its bytes as stored
 */
public record DataFile(String name, String sha256) {}
