package dev.starling.metrics;

import dev.starling.base.SimTime;
import dev.starling.data.DataFile;
import dev.starling.model.Evaluation;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A run with easy figures: round n trains 100 steps in 0.5 s, and its test accuracy is n %. */
public final class SampleRun {

    public static final Snapshot MODEL = Snapshot.of(
            new TensorLayout(List.of(new TensorSpec("0.dense.weight", List.of(1, 2)))), new float[] {1.5f, -2});

    private SampleRun() {}

    public static RunInfo info(int maxRounds) {
        return new RunInfo(
                "sample",
                7,
                1,
                2,
                10,
                maxRounds,
                "accuracy",
                0.02,
                true,
                8,
                2,
                List.of(new DataFile("train.idx", "ab12")));
    }

    public static RunInfo regression() {
        return new RunInfo("prices", 7, 1, 2, 10, 5, "mae", Double.NaN, false, 8, 2, List.of());
    }

    public static RoundRecord round(int n) {
        return round(n, Optional.of(new Evaluation(100, 50, n, 0, 0)));
    }

    public static RoundRecord round(int n, Optional<Evaluation> evaluation) {
        return new RoundRecord(
                n,
                n,
                new SimTime(1_000L * 60 * n),
                60.0 * n,
                5,
                4,
                1,
                0,
                0,
                false,
                0.5,
                evaluation,
                100,
                1000,
                500,
                400,
                0.25,
                1,
                0.5);
    }

    static RoundRecord withStaleness(RoundRecord of, Staleness staleness) {
        FleetFigures fleet = new FleetFigures(0, 5, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, staleness, List.of());
        return new RoundRecord(
                of.round(),
                of.stage(),
                of.version(),
                of.closes(),
                of.fleetSeconds(),
                of.asked(),
                of.reported(),
                of.late(),
                of.droppedOut(),
                of.rejected(),
                of.abandoned(),
                of.trainLoss(),
                of.evaluation(),
                of.localSteps(),
                of.examplesTrained(),
                of.downBytes(),
                of.upBytes(),
                of.deltaNorm(),
                of.wallSeconds(),
                of.trainSeconds(),
                of.nodeBytes(),
                fleet,
                of.cloud(),
                of.rejections());
    }

    /** {@code of} with all its reports rejected: of two kinds, the first of which is the more frequent. */
    public static RoundRecord rejected(RoundRecord of) {
        return new RoundRecord(
                of.round(),
                of.stage(),
                of.version(),
                of.closes(),
                of.fleetSeconds(),
                of.asked(),
                0,
                of.late(),
                of.droppedOut(),
                of.reported(),
                true,
                Double.NaN,
                of.evaluation(),
                0,
                0,
                of.downBytes(),
                of.upBytes(),
                0,
                of.wallSeconds(),
                of.trainSeconds(),
                of.nodeBytes(),
                of.fleet(),
                of.cloud(),
                List.of(
                        new FailedDevices("local training diverged at step " + of.round(), 5, 3),
                        new FailedDevices("delta is too large", 8, 1)));
    }

    public static RunOutcome outcome(int rounds) {
        return new RunOutcome(
                Phase.DONE,
                "",
                rounds,
                rounds,
                OptionalInt.of(2),
                Optional.of(new Evaluation(100, 50, rounds, 0, 0)),
                "00ff",
                MODEL,
                List.of(new DeviceRecord(
                        3,
                        "slow, old",
                        90,
                        10,
                        2,
                        1,
                        1,
                        DeviceRecord.State.TRAINED,
                        new Spending(6, 3, 400, 150, 4000),
                        new Spending(2, 1, 150, 0, 1500),
                        Spending.NOTHING,
                        new Evaluation(10, 5, 4, 0, 0),
                        new Evaluation(10, 2, 8, 0, 0),
                        Evaluation.NONE,
                        Evaluation.NONE)),
                3.5);
    }
}
