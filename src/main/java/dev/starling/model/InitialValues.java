package dev.starling.model;

import dev.starling.base.Rng;
import dev.starling.model.layer.TensorPlan;

/** Draws the first values of tensors. */
final class InitialValues {

    private InitialValues() {}

    /** One value of {@code tensor}; constants draw nothing. */
    static double next(Initializer initializer, TensorPlan tensor, Rng rng) {
        return switch (tensor.start()) {
            case ZERO -> 0;
            case ONE -> 1;
            case WEIGHT -> weight(initializer, tensor.fanIn(), tensor.fanOut(), rng);
        };
    }

    private static double weight(Initializer initializer, int fanIn, int fanOut, Rng rng) {
        return switch (initializer) {
            case ZERO -> 0;
            case HE -> Math.sqrt(2.0 / fanIn) * rng.nextGaussian();
            case GLOROT -> {
                double limit = Math.sqrt(6.0 / (fanIn + fanOut));
                yield rng.uniform(-limit, limit);
            }
        };
    }
}
