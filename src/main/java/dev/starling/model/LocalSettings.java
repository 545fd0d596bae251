package dev.starling.model;

/**
 * Local training: SGD on the device.
 *
 * @param epochs passes over the device's examples, at least 1
 * @param batchSize examples per step, at least 1; {@link #FULL_BATCH} takes all of them at once
 * @param learningRate step size η, positive
 * @param momentum heavy-ball momentum, 0 to below 1: v ← momentum·v + g; w ← w − η·v; fresh in each training
 * @param weightDecay λ ≥ 0, adds λ·w to every gradient, bias too
 * @param proximal μ ≥ 0, adds μ·(w − base) to every gradient (FedProx)
 * @param shuffle whether each epoch visits the examples in a new keyed random order, or as they lie
 */
public record LocalSettings(
        int epochs,
        int batchSize,
        double learningRate,
        double momentum,
        double weightDecay,
        double proximal,
        boolean shuffle) {

    public static final int FULL_BATCH = 0;

    /** Local steps of one epoch over {@code examples} examples; the last batch may be short. */
    public int stepsPerEpoch(int examples) {
        return batchSize == FULL_BATCH ? Math.min(1, examples) : (examples + batchSize - 1) / batchSize;
    }

    /** Examples of the largest batch over {@code examples} examples. */
    public int largestBatch(int examples) {
        return batchSize == FULL_BATCH ? examples : Math.min(batchSize, examples);
    }

    public LocalSettings withLearningRate(double rate) {
        return new LocalSettings(epochs, batchSize, rate, momentum, weightDecay, proximal, shuffle);
    }
}
