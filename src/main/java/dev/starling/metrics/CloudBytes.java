package dev.starling.metrics;

/**
 * Simulated bytes to and from the one place that merges everything. In a fleet with tiers these are base models of
 * regions; without, what devices send and receive.
 */
public record CloudBytes(long down, long up) {

    public static final CloudBytes NONE = new CloudBytes(0, 0);

    CloudBytes plus(CloudBytes other) {
        return new CloudBytes(down + other.down, up + other.up);
    }
}
