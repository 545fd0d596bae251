package dev.starling.metrics;

import java.util.List;

/**
 * Sums over the rounds of a run.
 *
 * @param asked devices asked, counted once per round
 * @param reported reports that counted
 * @param abandoned rounds that changed nothing
 * @param fleetSeconds fleet time at the close of the last round, since the start of the run
 * @param trainSeconds wall time spent in local training
 * @param fleet what the run cost the fleet
 * @param cloud bytes to and from where everything is merged
 * @param rejections why reports were not counted, the most frequent reason first
 */
public record RunTotals(
        int rounds,
        int abandoned,
        long asked,
        long reported,
        long late,
        long droppedOut,
        long rejected,
        long localSteps,
        long examplesTrained,
        long downBytes,
        long upBytes,
        double fleetSeconds,
        double wallSeconds,
        double trainSeconds,
        FleetTotals fleet,
        CloudBytes cloud,
        List<FailedDevices> rejections) {

    public static final RunTotals NONE =
            new RunTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, FleetTotals.NONE, CloudBytes.NONE, List.of());

    public RunTotals {
        rejections = List.copyOf(rejections);
    }

    /** These totals after one more round. */
    public RunTotals plus(RoundRecord round) {
        return new RunTotals(
                rounds + 1,
                abandoned + (round.abandoned() ? 1 : 0),
                asked + round.asked(),
                reported + round.reported(),
                late + round.late(),
                droppedOut + round.droppedOut(),
                rejected + round.rejected(),
                localSteps + round.localSteps(),
                examplesTrained + round.examplesTrained(),
                downBytes + round.downBytes(),
                upBytes + round.upBytes(),
                round.fleetSeconds(),
                wallSeconds + round.wallSeconds(),
                trainSeconds + round.trainSeconds(),
                fleet.plus(round.fleet()),
                cloud.plus(round.cloud()),
                FailedDevices.sum(rejections, round.rejections()));
    }

    /** Local steps per second of wall time spent in training; 0 before there was any. */
    public double stepsPerSecond() {
        return trainSeconds > 0 ? localSteps / trainSeconds : 0;
    }
}
