package dev.starling.model;

/**
 * What one local training did.
 *
 * @param steps local steps taken
 * @param examples examples seen, counted once per epoch
 * @param lossSum sum over the examples seen of the loss before each step; NaN or infinite if diverged
 * @param divergedAtStep first step (from 1) whose loss, or after which a parameter, was not finite; 0 if none
 */
public record LocalResult(int steps, long examples, double lossSum, int divergedAtStep) {

    public boolean diverged() {
        return divergedAtStep > 0;
    }

    /** Mean loss over the examples seen. */
    public double meanLoss() {
        return lossSum / examples;
    }
}
