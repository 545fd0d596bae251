package dev.starling.metrics;

import dev.starling.base.SimTime;
import dev.starling.model.Evaluation;
import java.util.List;
import java.util.Optional;

/**
 * One committed (or abandoned) round, as it goes into {@code rounds.csv}.
 *
 * @param round counts from 1
 * @param stage what the round was: federated, personal, pre-training or update
 * @param version base version after the round
 * @param closes fleet time at which the round closed
 * @param fleetSeconds fleet time since the start of the run
 * @param asked devices asked to work
 * @param reported reports that counted
 * @param late reports after the close, wasted
 * @param droppedOut devices that never reported
 * @param rejected deltas not counted: diverged training, not finite, or out of range
 * @param abandoned whether the round had too few reports and changed nothing
 * @param trainLoss mean loss over the examples trained on; NaN if none
 * @param evaluation of the new base on the test set, when due
 * @param localSteps local steps of this round
 * @param examplesTrained examples seen by those steps
 * @param downBytes simulated bytes to devices, this round
 * @param upBytes simulated bytes from devices, this round
 * @param deltaNorm Euclidean norm of the mean delta
 * @param wallSeconds wall time of this round
 * @param trainSeconds wall time of this round between the first task sent and the last report in
 * @param nodeBytes bytes of messages between nodes, this round
 * @param fleet what the round was for the fleet
 * @param cloud bytes to and from where everything is merged, this round
 * @param rejections why deltas were not counted, the most frequent reason first
 */
public record RoundRecord(
        int round,
        String stage,
        int version,
        SimTime closes,
        double fleetSeconds,
        int asked,
        int reported,
        int late,
        int droppedOut,
        int rejected,
        boolean abandoned,
        double trainLoss,
        Optional<Evaluation> evaluation,
        long localSteps,
        long examplesTrained,
        long downBytes,
        long upBytes,
        double deltaNorm,
        double wallSeconds,
        double trainSeconds,
        long nodeBytes,
        FleetFigures fleet,
        CloudBytes cloud,
        List<FailedDevices> rejections) {

    public RoundRecord {
        rejections = List.copyOf(rejections);
    }

    /** A federated round of which nothing more is known. */
    public RoundRecord(
            int round,
            int version,
            SimTime closes,
            double fleetSeconds,
            int asked,
            int reported,
            int late,
            int droppedOut,
            int rejected,
            boolean abandoned,
            double trainLoss,
            Optional<Evaluation> evaluation,
            long localSteps,
            long examplesTrained,
            long downBytes,
            long upBytes,
            double deltaNorm,
            double wallSeconds,
            double trainSeconds) {
        this(
                round,
                RoundStage.FEDERATED,
                version,
                closes,
                fleetSeconds,
                asked,
                reported,
                late,
                droppedOut,
                rejected,
                abandoned,
                trainLoss,
                evaluation,
                localSteps,
                examplesTrained,
                downBytes,
                upBytes,
                deltaNorm,
                wallSeconds,
                trainSeconds,
                0,
                FleetFigures.NONE,
                new CloudBytes(downBytes, upBytes),
                List.of());
    }
}
