package dev.starling.model.layer;

import dev.starling.model.LayerSpec;

/** From what a scenario says to layers with known shapes. */
public final class LayerPlans {

    private LayerPlans() {}

    /** The plan of {@code spec} behind {@code input}; {@link IllegalArgumentException} says what does not fit. */
    public static LayerPlan of(LayerSpec spec, Signal input) {
        if (spec instanceof LayerSpec.Dense dense) {
            require(dense.units() >= 1, "units must be >= 1, got " + dense.units());
            return new DenseLayer.Plan(input.width(), dense.units(), dense.activation());
        }
        throw new IllegalArgumentException("unknown layer " + spec);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
