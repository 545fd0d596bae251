package dev.starling.algorithm;

/** What a report weighs, said once by the algorithm: sums, tiers, rejections and figures all use it. */
public enum Weighing {
    /** As many as its device has examples to train on. */
    BY_EXAMPLES,
    /** Every device the same. */
    EQUAL;

    /** The weight of a report of a device with {@code examples} ≥ 1 examples: a whole number, at least 1. */
    public long of(int examples) {
        return this == EQUAL ? 1 : examples;
    }
}
