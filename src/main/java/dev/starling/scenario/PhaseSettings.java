package dev.starling.scenario;

import dev.starling.model.Evaluation;
import dev.starling.model.RmsProp;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When a run trains what, and when it stops.
 *
 * @param maxRounds rounds at most, at least 1
 * @param target value of {@code metric} at which the run stops
 * @param stopAtTarget whether the run stops there or only notes the round
 * @param evaluateEvery rounds between evaluations of the base on the test set; the last round is always evaluated
 * @param evaluateDevices whether base and personal models are evaluated per device at the end
 * @param preTraining pre-training of the first base on the proxy data
 */
public record PhaseSettings(
        int maxRounds,
        Metric metric,
        OptionalDouble target,
        boolean stopAtTarget,
        int evaluateEvery,
        boolean evaluateDevices,
        PreTraining preTraining) {

    /** Whether {@code evaluation} is as good as the target; false if there is none. */
    public boolean reachedBy(Evaluation evaluation) {
        if (target.isEmpty()) {
            return false;
        }
        double value = target.getAsDouble();
        return switch (metric) {
            case ACCURACY -> evaluation.accuracy() >= value;
            case LOSS -> evaluation.loss() <= value;
            case MAE -> evaluation.mae() <= value;
            case RMSE -> evaluation.rmse() <= value;
        };
    }

    /** What is watched; accuracy goes up, the others go down. */
    public enum Metric {
        ACCURACY,
        LOSS,
        MAE,
        RMSE
    }

    /**
     * Training on the proxy data; 0 epochs means none.
     *
     * @param rmsProp what follows the gradients; empty: plain SGD
     */
    public record PreTraining(int epochs, int batchSize, double learningRate, Optional<RmsProp> rmsProp) {}
}
