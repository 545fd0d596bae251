package dev.starling.coordinator;

import dev.starling.aggregate.Rejection;
import dev.starling.base.SimTime;
import dev.starling.fleet.RoundPlan;
import dev.starling.metrics.CloudBytes;
import dev.starling.metrics.FailedDevices;
import dev.starling.metrics.FleetFigures;
import dev.starling.metrics.RoundRecord;
import dev.starling.model.Evaluation;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the training of a round came to, as far as there was any; the plan says everything else.
 *
 * @param rejections deltas that do not count, and why
 * @param empty whether nothing counted
 * @param loss mean loss over the examples trained on; NaN if none
 * @param norm Euclidean norm of the change of the global base; NaN if nobody knows
 */
record TrainedRound(
        List<Rejection> rejections,
        boolean empty,
        double loss,
        Optional<Evaluation> evaluation,
        long steps,
        long examples,
        double norm) {

    TrainedRound {
        rejections = List.copyOf(rejections);
    }

    /**
     * The round for the results.
     *
     * @param version of the global base after it
     * @param start of the run, in fleet time
     */
    RoundRecord record(
            RoundPlan plan,
            String stage,
            int version,
            SimTime start,
            Measured measured,
            FleetFigures figures,
            CloudBytes cloud) {
        return new RoundRecord(
                plan.round(),
                stage,
                version,
                plan.closes(),
                plan.closes().millisSince(start) / 1000.0,
                plan.asked().size(),
                plan.reporters().size() - rejections.size(),
                plan.late(),
                plan.droppedOut(),
                rejections.size(),
                empty,
                loss,
                evaluation,
                steps,
                examples,
                plan.downBytes(),
                plan.upBytes(),
                norm,
                measured.wallSeconds(),
                measured.trainSeconds(),
                measured.nodeBytes(),
                figures,
                cloud,
                reasons());
    }

    private List<FailedDevices> reasons() {
        SortedMap<Integer, String> reasons = new TreeMap<>();
        rejections.forEach(rejection -> reasons.put(rejection.device(), rejection.reason()));
        return FailedDevices.of(reasons);
    }
}
