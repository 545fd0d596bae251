package dev.starling.aggregate;

/**
 * A device whose delta was not counted.
 *
 * @param reason one sentence, for example that its training diverged
 */
public record Rejection(int device, String reason) {}
