package dev.starling.model.layer;

import dev.starling.model.Evaluation;

/** Squared error, mean over outputs; gradient 2 (score − target) ÷ outputs. */
final class MeanSquaredError implements LossFunction {

    @Override
    public double gradient(float[] scores, Answers answers, int examples, int outputs, float factor) {
        double sum = 0;
        float slope = 2f * factor / outputs;
        for (int i = 0; i < examples * outputs; i++) {
            float error = scores[i] - answers.target(i);
            sum += (double) error * error;
            scores[i] = slope * error;
        }
        return sum / outputs;
    }

    @Override
    public Evaluation evaluate(float[] scores, Answers answers, int examples, int outputs) {
        double absolute = 0;
        double squared = 0;
        for (int i = 0; i < examples * outputs; i++) {
            double error = scores[i] - answers.target(i);
            absolute += Math.abs(error);
            squared += error * error;
        }
        return new Evaluation(examples, squared / outputs, 0, absolute / outputs, squared / outputs);
    }
}
