package dev.starling.model;

/** What local training minimises, averaged over a batch. */
public enum Loss {
    /** Softmax cross-entropy over class labels, natural logarithm. */
    CROSS_ENTROPY,
    /** Cross-entropy of a sigmoid per output against targets (or, with one output, labels) 0 to 1; mean over outputs. */
    SIGMOID_CROSS_ENTROPY,
    /** Mean squared error over examples and outputs. */
    MSE,
    /** Mean absolute error over examples and outputs. */
    MAE,
    /** Huber's loss with δ = 1 over examples and outputs: half the square of small errors, |error| − ½ of others. */
    HUBER;

    /** Whether examples must carry class labels; if not, numbers to predict. */
    public boolean takesLabels() {
        return this == CROSS_ENTROPY;
    }
}
