package dev.starling.model;

import dev.starling.model.kernel.FloatMemory;

/** How weights follow their gradients where layers do not write the step into the weights themselves. */
interface WeightUpdate {

    /** Where layers write {@code keep · what is there + g}; state of an earlier training is forgotten. */
    FloatMemory begin(LocalSettings settings);

    /** What layers multiply with what is there before they add a gradient. */
    float keep(LocalSettings settings);

    /** One step along what the layers wrote; {@code base} is where the training began. */
    void apply(LocalSettings settings, FloatMemory base, FloatMemory weights);
}
