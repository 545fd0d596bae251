package dev.starling.fleet;

/**
 * Asynchronous training: devices report whenever they are done, and the base moves on with every so many reports.
 *
 * @param buffer K: reports that make one update, at least 1
 * @param concurrency devices at work at any time, at least 1
 * @param stalenessExponent a ≥ 0: a report that is τ versions old weighs (1 + τ)^−a; 0 ignores staleness
 * @param mixing α, above 0 to 1: FedAsync moves the base by α towards the device's model; for FedBuff 1
 * @param towardsModel whether a report counts as the device's model (FedAsync) or as its delta (FedBuff)
 */
public record AsyncSettings(
        int buffer, int concurrency, double stalenessExponent, double mixing, boolean towardsModel) {

    /** Weight of a report that is {@code staleness} versions old, without its share of the buffer. */
    public double weight(int staleness) {
        return mixing * StrictMath.pow(1.0 + staleness, -stalenessExponent);
    }
}
