package dev.starling.metrics;

import dev.starling.base.WireMessage;
import java.util.List;

/**
 * One device as JMX shows it. Metrics are NaN where they were not measured. The getters are for JMX, which before
 * JDK 21 does not see record components.
 *
 * @param examplesPerLabel training examples of each class; empty for regression
 * @param version base version that its personal model derives from; −1 if it never worked
 * @param history its last counted work, oldest first
 * @param baseLoss of the current base on what the device holds back
 * @param personalLoss of its personal model on the same
 */
public record DeviceInspection(
        int device,
        String className,
        double flopsPerSecond,
        double downBytesPerSecond,
        double upBytesPerSecond,
        int trainingExamples,
        int heldOutExamples,
        List<Integer> examplesPerLabel,
        int version,
        List<Work> history,
        double baseLoss,
        double baseAccuracy,
        double personalLoss,
        double personalAccuracy)
        implements WireMessage {

    public DeviceInspection {
        examplesPerLabel = List.copyOf(examplesPerLabel);
        history = List.copyOf(history);
    }

    /**
     * One counted local training.
     *
     * @param version base version that it started from
     * @param trainLoss mean over the examples seen
     */
    public record Work(int round, int version, int steps, long examples, double trainLoss) {

        public int getRound() {
            return round;
        }

        public int getVersion() {
            return version;
        }

        public int getSteps() {
            return steps;
        }

        public long getExamples() {
            return examples;
        }

        public double getTrainLoss() {
            return trainLoss;
        }
    }

    public int getDevice() {
        return device;
    }

    public String getClassName() {
        return className;
    }

    public double getFlopsPerSecond() {
        return flopsPerSecond;
    }

    public double getDownBytesPerSecond() {
        return downBytesPerSecond;
    }

    public double getUpBytesPerSecond() {
        return upBytesPerSecond;
    }

    public int getTrainingExamples() {
        return trainingExamples;
    }

    public int getHeldOutExamples() {
        return heldOutExamples;
    }

    public List<Integer> getExamplesPerLabel() {
        return examplesPerLabel;
    }

    public int getVersion() {
        return version;
    }

    public List<Work> getHistory() {
        return history;
    }

    public double getBaseLoss() {
        return baseLoss;
    }

    public double getBaseAccuracy() {
        return baseAccuracy;
    }

    public double getPersonalLoss() {
        return personalLoss;
    }

    public double getPersonalAccuracy() {
        return personalAccuracy;
    }
}
