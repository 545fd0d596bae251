package dev.starling.model.layer;

import dev.starling.model.kernel.FloatMemory;

/**
 * One pass over one batch, as the layers of one thread see it. Reused from step to step, so that a step allocates
 * nothing.
 *
 * <p>Backward passes carry the loss gradient times a factor that the loss put in: 1 ÷ examples for a plain gradient, or
 * −η ÷ examples when the update goes straight into the weights. A layer writes {@code keep · target + gradient} to its
 * part of the target and needs not know which of the two it is.
 */
public final class Step {

    private final FloatMemory weights;
    private final FloatMemory target;
    private final float keep;
    private final long key;
    private int examples;
    private int number;
    private boolean training;

    /**
     * @param target where gradients go: a gradient vector, or the weights themselves
     * @param keep factor on what is in the target: 0 for a gradient vector, 1 − η·λ for the weights
     * @param key of the random numbers of layers that need them, the same for a whole local training
     */
    public Step(FloatMemory weights, FloatMemory target, float keep, long key) {
        this.weights = weights;
        this.target = target;
        this.keep = keep;
        this.key = key;
    }

    /** A pass that only evaluates. */
    public static Step evaluating(FloatMemory weights) {
        return new Step(weights, weights, 1f, 0L);
    }

    /** Goes on to a training pass over {@code examples} examples. */
    public void training(int newExamples) {
        examples = newExamples;
        training = true;
        number++;
    }

    /** Goes on to an evaluating pass over {@code examples} examples. */
    public void evaluating(int newExamples) {
        examples = newExamples;
        training = false;
    }

    public FloatMemory weights() {
        return weights;
    }

    public FloatMemory target() {
        return target;
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

    /** Whether batch statistics, dropout and running averages are at work. */
    public boolean isTraining() {
        return training;
    }
}
