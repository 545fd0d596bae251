package dev.starling.model;

/**
 * What a model did on some examples, as sums, so that parts can be added.
 *
 * @param examples how many were evaluated
 * @param lossSum sum over examples of the loss (for mse: of the mean over outputs)
 * @param correct classification: how many had the highest score at their label; 0 for regression
 * @param absoluteErrorSum regression: sum over examples of the mean absolute error over outputs; 0 for classification
 * @param squaredErrorSum regression: sum over examples of the mean squared error over outputs; 0 for classification
 */
public record Evaluation(long examples, double lossSum, long correct, double absoluteErrorSum, double squaredErrorSum) {

    public static final Evaluation NONE = new Evaluation(0, 0, 0, 0, 0);

    public Evaluation plus(Evaluation other) {
        return new Evaluation(
                examples + other.examples,
                lossSum + other.lossSum,
                correct + other.correct,
                absoluteErrorSum + other.absoluteErrorSum,
                squaredErrorSum + other.squaredErrorSum);
    }

    /** Mean loss; NaN without examples. */
    public double loss() {
        return lossSum / examples;
    }

    /**
     * Share of correct labels, 0 to 1; NaN without examples, and where the loss is no number: of scores that are none
     * the highest is not known.
     */
    public double accuracy() {
        return Double.isFinite(lossSum) ? (double) correct / examples : Double.NaN;
    }

    /** Mean absolute error; NaN without examples. */
    public double mae() {
        return absoluteErrorSum / examples;
    }

    /** Root of the mean squared error; NaN without examples. */
    public double rmse() {
        return Math.sqrt(squaredErrorSum / examples);
    }
}
