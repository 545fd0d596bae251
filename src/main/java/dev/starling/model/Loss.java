package dev.starling.model;

/** What local training minimises, averaged over a batch. */
public enum Loss {
    /** Softmax cross-entropy over class labels, natural logarithm. */
    CROSS_ENTROPY,
    /** Mean squared error over examples and outputs. */
    MSE
}
