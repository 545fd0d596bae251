package dev.starling.model;

/**
 * RMSProp (Tieleman and Hinton, Lecture 6.5 of "Neural networks for machine learning", Coursera 2012): v ← ρ·v + (1 −
 * ρ)·g²; w ← w − η·g / (√v + ε), value by value, v zero at first. ε stands beside the root, as Keras had it for years; the
 * lecture has none.
 *
 * @param decay ρ, 0 to below 1
 * @param epsilon ε, above 0: keeps steps finite where gradients are zero
 */
public record RmsProp(double decay, double epsilon) {

    /** The values that Keras starts from. */
    public static final RmsProp DEFAULT = new RmsProp(0.9, 1e-7);

    /** Throws IllegalArgumentException for values out of range. */
    public RmsProp {
        if (!(decay >= 0 && decay < 1) || !(epsilon > 0)) {
            throw new IllegalArgumentException(
                    "decay must be at least 0 and below 1 and epsilon above 0, got " + decay + " and " + epsilon);
        }
    }
}
