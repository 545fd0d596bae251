package dev.starling.store;

import java.util.OptionalDouble;

/**
 * What the training of a version measured.
 *
 * @param examples seen, counted once per epoch
 * @param meanLoss over the examples seen; NaN or infinite if the training diverged
 * @param steps local steps taken
 * @param accuracyBefore on the device's own data, before the training
 * @param accuracyAfter on the device's own data, after the training
 */
public record VersionMetrics(
        long examples, double meanLoss, int steps, OptionalDouble accuracyBefore, OptionalDouble accuracyAfter) {

    public VersionMetrics(long examples, double meanLoss, int steps) {
        this(examples, meanLoss, steps, OptionalDouble.empty(), OptionalDouble.empty());
    }
}
