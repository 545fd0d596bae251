package dev.starling.model.layer;

import dev.starling.model.Evaluation;
import dev.starling.model.Loss;

/** What training minimises, on the scores ({@code [examples, outputs]}) that the last layer gave. Stateless. */
public interface LossFunction {

    /** The function of {@code loss}. */
    static LossFunction of(Loss loss) {
        return switch (loss) {
            case CROSS_ENTROPY -> new SoftmaxCrossEntropy();
            case SIGMOID_CROSS_ENTROPY -> new SigmoidCrossEntropy();
            case MSE -> ErrorLoss.SQUARED;
            case MAE -> ErrorLoss.ABSOLUTE;
            case HUBER -> ErrorLoss.HUBER;
        };
    }

    /**
     * Replaces {@code scores} by factor × the gradient of each example's loss with respect to them.
     *
     * @return sum over the examples of the loss
     */
    double gradient(float[] scores, Answers answers, int examples, int outputs, float factor);

    /** Loss and errors of the first {@code examples} rows of {@code scores}; may overwrite them. */
    Evaluation evaluate(float[] scores, Answers answers, int examples, int outputs);
}
