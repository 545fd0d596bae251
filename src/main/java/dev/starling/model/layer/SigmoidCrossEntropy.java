package dev.starling.model.layer;

import dev.starling.model.Evaluation;

/**
 * Cross-entropy of a sigmoid per output against its target, mean over outputs; gradient (sigmoid − target) ÷ outputs. An
 * output counts as correct if its score has the sign of target − ½; an example if all of its outputs do.
 */
final class SigmoidCrossEntropy implements LossFunction {

    @Override
    public double gradient(float[] scores, Answers answers, int examples, int outputs, float factor) {
        double sum = 0;
        float slope = factor / outputs;
        for (int i = 0; i < examples * outputs; i++) {
            float target = answers.binaryTarget(i, outputs);
            sum += loss(scores[i], target);
            scores[i] = slope * (FloatMath.sigmoid(scores[i]) - target);
        }
        return sum / outputs;
    }

    @Override
    public Evaluation evaluate(float[] scores, Answers answers, int examples, int outputs) {
        double sum = 0;
        double absolute = 0;
        double squared = 0;
        long correct = 0;
        for (int e = 0; e < examples; e++) {
            boolean right = true;
            for (int i = e * outputs; i < (e + 1) * outputs; i++) {
                float target = answers.binaryTarget(i, outputs);
                double error = FloatMath.sigmoid(scores[i]) - target;
                sum += loss(scores[i], target);
                absolute += Math.abs(error);
                squared += error * error;
                right &= scores[i] > 0 == target > 0.5f;
            }
            correct += right ? 1 : 0;
        }
        return new Evaluation(examples, sum / outputs, correct, absolute / outputs, squared / outputs);
    }

    /** max(s, 0) − s·t + log(1 + e^−|s|): does not overflow. */
    private static double loss(float score, float target) {
        return Math.max(score, 0f) - score * target + Math.log1p(FloatMath.exp(-Math.abs(score)));
    }
}
