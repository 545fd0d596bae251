package dev.starling.cluster;

import dev.starling.aggregate.Aggregator;
import dev.starling.aggregate.ExactScalar;
import dev.starling.aggregate.FoldTotals;
import dev.starling.aggregate.Rejection;
import dev.starling.aggregate.RoundKey;
import dev.starling.base.Bytes;
import dev.starling.base.Ids;
import dev.starling.base.SimTime;
import dev.starling.base.WireMessage;
import dev.starling.coordinator.Understudies;
import dev.starling.data.DataFile;
import dev.starling.data.Featurizer;
import dev.starling.device.BaseModels;
import dev.starling.device.Device;
import dev.starling.device.Lineage;
import dev.starling.device.NodeAgent;
import dev.starling.device.RunSpec;
import dev.starling.device.UpdateEffect;
import dev.starling.device.Work;
import dev.starling.metrics.DeviceInspection;
import dev.starling.metrics.DevicePrediction;
import dev.starling.metrics.KeptFigures;
import dev.starling.model.Evaluation;
import dev.starling.store.ModelRoot;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;

/** One message of every kind that may travel, with something in every field. */
final class MessageSamples {

    private MessageSamples() {}

    static List<WireMessage> all(ActorSystem<?> system) {
        RoundKey key = new RoundKey(7, 2);
        ModelRoot root = new ModelRoot("0123456789abcdef".repeat(4));
        Work work = new Work(7, 3, 120, new SimTime(1_000));
        Lineage lineage = new Lineage(List.of(work, new Work(8, 3, 60, new SimTime(2_000), Work.Task.PERSONAL)));
        Evaluation evaluation = new Evaluation(10, 2.5, 7, 0.25, 0.125);
        Featurizer featurizer = new Featurizer(List.of(
                new Featurizer.Affine(0.5f, 2),
                new Featurizer.CategoryIndex(List.of(1f, 4f)),
                new Featurizer.OneHot(List.of(0f, 2f, 8f)),
                new Featurizer.Filled(new Featurizer.Affine(1, 3), 0.25f)));
        RunSpec spec = new RunSpec(
                "run-1",
                "0.1.0",
                "seed = 1\n# ÄÖÜ",
                List.of(new DataFile("a.npz", "ab".repeat(32))),
                featurizer,
                "/runs/a/store");
        FoldTotals totals = new FoldTotals(
                List.of(1, 5, 900_000),
                List.of(new Rejection(3, "diverged at step 4")),
                ExactScalar.ZERO.plus(0.1),
                ExactScalar.ZERO.plus(-3e300),
                9,
                90);
        KeptFigures kept = new KeptFigures(
                List.of(new KeptFigures.OfForm("snapshot", 3, 4_000_000_000L)),
                5_000_000_000L,
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                List.of(1e6, 2.5),
                "measured");
        return List.of(
                new NodeAgent.Prepare(spec, system.deadLetters()),
                new NodeAgent.Release("run-1"),
                new Understudies.StandBy("run-1", "node", "/runs/run-1"),
                new Understudies.Dismiss("run-1"),
                new NodeAgent.Prepared("node", 2, system.deadLetters(), system.deadLetters()),
                new NodeAgent.Refused("node", "other data"),
                spec,
                new BaseModels.Offer(3, 2, root, 400, 128, true, root, system.deadLetters()),
                new BaseModels.Chunk(3, BaseModels.WHOLE, 128, Bytes.of(new byte[] {1, -2, 3})),
                new BaseModels.AskAt(system.deadLetters()),
                new BaseModels.Want(3, system.deadLetters()),
                new BaseModels.Pull(3, 2, 0, 128, system.deadLetters()),
                new BaseModels.Here(3, system.deadLetters()),
                new Aggregator.ReportTo(system.deadLetters()),
                new Aggregator.Close(key, 4, 2, system.deadLetters()),
                new Aggregator.Expect(Ids.of(3, 99_999_999), new Aggregator.Close(key, 4, 2, system.deadLetters())),
                new Aggregator.Pull(key, 0, 16, system.deadLetters()),
                new Aggregator.Settle(true, system.deadLetters()),
                new Aggregator.Settled("node", true, kept, "no space left"),
                new Aggregator.Stuck("node", "no space left"),
                new Aggregator.Arrived("node", key, Ids.of(0, 1, 99_999_999)),
                new Aggregator.Closed("node", key, totals, 12),
                new Aggregator.Chunk("node", key, 16, Bytes.of(new byte[] {0, 127, -128})),
                new Device.Train("run-1", 12, 2, lineage, 3, 2, 0.125),
                new Device.Evaluate("run-1", 12, 4, new SimTime(2_000), lineage, system.deadLetters()),
                new Device.Evaluate("run-1", 12, 4, new SimTime(2_000), Lineage.NONE, system.deadLetters()),
                new Device.Inspect("run-1", 12, system.deadLetters()),
                new Device.Recover("run-1", 12, lineage, 128, system.deadLetters()),
                new Device.Recovered(12, lineage, Optional.of(root), 300, 128, Bytes.of(new byte[] {4, 5})),
                new Device.Predict("run-1", 12, 3, system.deadLetters()),
                new DevicePrediction(12, 3, List.of(0.5f, -1f), List.of()),
                new Device.Evaluated(12, evaluation, Evaluation.NONE, Optional.empty(), ""),
                new Device.Evaluated(12, Evaluation.NONE, Evaluation.NONE, Optional.empty(), "evaluation failed: x"),
                new Device.Evaluated(
                        12, evaluation, Evaluation.NONE, Optional.of(new UpdateEffect(3, evaluation, evaluation)), ""),
                new DeviceInspection(
                        12,
                        "phone",
                        1e9,
                        2e6,
                        5e5,
                        100,
                        10,
                        List.of(0, 4, 1),
                        3,
                        List.of(new DeviceInspection.Work(7, 3, 120, 1200, 0.5)),
                        1,
                        0.5,
                        Double.NaN,
                        Double.NaN));
    }
}
