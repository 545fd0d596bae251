package dev.starling.model.layer;

import dev.starling.model.Evaluation;

/** Losses of the difference between score and target, mean over outputs: squared, absolute, Huber's (1964, δ = 1). */
enum ErrorLoss implements LossFunction {
    SQUARED {
        @Override
        double loss(double error) {
            return error * error;
        }

        @Override
        float slope(float error) {
            return 2f * error;
        }
    },
    ABSOLUTE {
        @Override
        double loss(double error) {
            return Math.abs(error);
        }

        @Override
        float slope(float error) {
            return Math.signum(error);
        }
    },
    HUBER {
        @Override
        double loss(double error) {
            double size = Math.abs(error);
            return size <= 1 ? 0.5 * size * size : size - 0.5;
        }

        @Override
        float slope(float error) {
            return Math.max(-1f, Math.min(1f, error));
        }
    };

    abstract double loss(double error);

    abstract float slope(float error);

    @Override
    public double gradient(float[] scores, Answers answers, int examples, int outputs, float factor) {
        double sum = 0;
        for (int i = 0; i < examples * outputs; i++) {
            float error = scores[i] - answers.target(i);
            sum += loss(error);
            scores[i] = factor / outputs * slope(error);
        }
        return sum / outputs;
    }

    @Override
    public Evaluation evaluate(float[] scores, Answers answers, int examples, int outputs) {
        double sum = 0;
        double absolute = 0;
        double squared = 0;
        for (int i = 0; i < examples * outputs; i++) {
            double error = scores[i] - answers.target(i);
            sum += loss(error);
            absolute += Math.abs(error);
            squared += error * error;
        }
        return new Evaluation(examples, sum / outputs, 0, absolute / outputs, squared / outputs);
    }
}
