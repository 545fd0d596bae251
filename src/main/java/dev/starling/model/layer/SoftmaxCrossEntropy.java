package dev.starling.model.layer;

import dev.starling.model.Evaluation;

/** Cross-entropy of the softmax of the scores at the label; gradient: softmax − one-hot. */
final class SoftmaxCrossEntropy implements LossFunction {

    @Override
    public double gradient(float[] scores, Answers answers, int examples, int outputs, float factor) {
        double sum = 0;
        for (int e = 0; e < examples; e++) {
            int at = e * outputs;
            int label = at + checked(answers.label(e), outputs);
            float largest = largest(scores, at, outputs);
            float labelScore = scores[label] - largest;
            float total = 0;
            for (int j = at; j < at + outputs; j++) {
                float exponential = FloatMath.exp(scores[j] - largest);
                scores[j] = exponential;
                total += exponential;
            }
            float share = factor / total;
            for (int j = at; j < at + outputs; j++) {
                scores[j] *= share;
            }
            scores[label] -= factor;
            sum += Math.log(total) - labelScore;
        }
        return sum;
    }

    @Override
    public Evaluation evaluate(float[] scores, Answers answers, int examples, int outputs) {
        double lossSum = 0;
        long correct = 0;
        for (int e = 0; e < examples; e++) {
            int at = e * outputs;
            int label = at + checked(answers.label(e), outputs);
            float largest = largest(scores, at, outputs);
            double total = 0;
            int best = at;
            for (int j = at; j < at + outputs; j++) {
                total += FloatMath.exp(scores[j] - largest);
                best = scores[j] > scores[best] ? j : best;
            }
            lossSum += Math.log(total) - (scores[label] - largest);
            correct += best == label ? 1 : 0;
        }
        return new Evaluation(examples, lossSum, correct, 0, 0);
    }

    /** NaN if any score is, so that the loss is NaN too. */
    private static float largest(float[] scores, int at, int outputs) {
        float largest = scores[at];
        for (int j = at + 1; j < at + outputs; j++) {
            largest = Math.max(largest, scores[j]);
        }
        return largest;
    }

    private static int checked(int label, int outputs) {
        if (label < 0 || label >= outputs) {
            throw new IllegalArgumentException("a label must be 0 to " + (outputs - 1) + " for a model with " + outputs
                    + " outputs, got " + label);
        }
        return label;
    }
}
