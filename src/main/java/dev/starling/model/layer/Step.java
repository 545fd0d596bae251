package dev.starling.model.layer;

import dev.starling.model.kernel.FloatMemory;

/**
 * One pass over one batch, as the layers of one thread see it. Reused from step to step, so that a step allocates
 * nothing.
 *
 * <p>Backward passes carry the loss gradient times a factor that the loss put in: 1 ÷ examples for a plain gradient, or
 * −η ÷ examples when the update goes straight into the weights. A layer writes {@code keep · target + gradient} to its
 * part of the target and needs not know what that is.
 */
public final class Step {

    private final FloatMemory weights;
    private final FloatMemory target;
    private final FloatMemory statistics;
    private final float keep;
    private final long key;
    private final boolean keepsStatistics;
    private int examples;
    private int number;
    private boolean training;
    private boolean frozen;

    private Step(
            FloatMemory weights,
            FloatMemory target,
            FloatMemory statistics,
            float keep,
            long key,
            boolean keepsStatistics) {
        this.weights = weights;
        this.target = target;
        this.statistics = statistics;
        this.keep = keep;
        this.key = key;
        this.keepsStatistics = keepsStatistics;
    }

    /**
     * Passes of a local training.
     *
     * @param target where gradients go: a gradient vector, a velocity, or the weights themselves
     * @param keep factor on what is in the target: 0 for a gradient, momentum for a velocity, 1 − η·λ for the weights
     * @param key of the random numbers of layers that need them, the same for a whole local training
     */
    public static Step ofTraining(FloatMemory weights, FloatMemory target, float keep, long key) {
        return new Step(weights, target, weights, keep, key, true);
    }

    /** One pass that leaves the weights alone: gradients go to {@code gradient}, and so do running statistics. */
    public static Step ofGradient(FloatMemory weights, FloatMemory gradient, long key) {
        return new Step(weights, gradient, gradient, 0f, key, true);
    }

    /** Passes that only evaluate. */
    public static Step ofEvaluation(FloatMemory weights) {
        return new Step(weights, weights, weights, 1f, 0L, false);
    }

    /** Goes on to a training pass over {@code newExamples} examples. */
    public void training(int newExamples) {
        examples = newExamples;
        training = true;
        number++;
    }

    /** Goes on to an evaluating pass over {@code newExamples} examples. */
    public void evaluating(int newExamples) {
        examples = newExamples;
        training = false;
    }

    /** From now on, layers compute no gradients of their own and use no batch statistics; or they do again. */
    void freeze(boolean newFrozen) {
        frozen = newFrozen;
    }

    public FloatMemory weights() {
        return weights;
    }

    public FloatMemory target() {
        return target;
    }

    /** Where running statistics go that the batch has moved; where they come from, {@link #weights} says. */
    public FloatMemory statistics() {
        return statistics;
    }

    public float keep() {
        return keep;
    }

    public long key() {
        return key;
    }

    public int examples() {
        return examples;
    }

    /** Counts training passes from 1. */
    public int number() {
        return number;
    }

    /** Whether dropout is at work. */
    public boolean isTraining() {
        return training;
    }

    /** Whether the layer at hand is frozen: it must not write to the target, nor move statistics. */
    public boolean isFrozen() {
        return frozen;
    }

    /** Whether a normalisation uses the statistics of the batch. */
    public boolean usesBatchStatistics() {
        return training && !frozen;
    }

    /** Whether running statistics move. */
    public boolean movesStatistics() {
        return training && !frozen && keepsStatistics;
    }
}
