package dev.starling.cli;

import dev.starling.base.Seeds;
import dev.starling.base.Software;
import dev.starling.cluster.Node;
import dev.starling.cluster.NodeSettings;
import dev.starling.coordinator.Journal;
import dev.starling.coordinator.NodeRoster;
import dev.starling.coordinator.RunContext;
import dev.starling.coordinator.RunIdentity;
import dev.starling.coordinator.SavePace;
import dev.starling.data.DataLoader;
import dev.starling.data.RawData;
import dev.starling.device.RunSpec;
import dev.starling.metrics.DeviceInspection;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.model.Backend;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import dev.starling.store.BaseArchive;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Measures what a live device costs beyond what it has learnt: a node of this JVM, whose run waits before its first round,
 * asks devices what they are. That makes each of them a sharded entity with its actor, its mailbox and its place in the
 * order of passivation, and nothing else.
 */
final class LiveDevices {

    /** Answers awaited at once: what is asked waits on the heap too. */
    private static final int BATCH = 1_000;

    private static final String SCENARIO = """
            name = live-devices
            data.source { kind = synthetic-pool, test-examples = 10, pool-examples = 1000, groups = 1 }
            rounds.cohort = 1
            fleet.devices =\s""";

    /**
     * What was found.
     *
     * @param devices live at the end; fewer than were asked if passivation bounds them
     * @param bytesEach of heap after garbage collection, per live device
     */
    record Found(long devices, double bytesEach) {}

    private LiveDevices() {}

    /** Wakes {@code devices} devices, at least 1. */
    static Found measure(int devices, Path directory) {
        Scenario scenario = ScenarioReader.parse(SCENARIO + devices, "live-devices");
        Backend.start();
        RawData data = DataLoader.load(scenario.data(), devices, new Seeds(scenario.seed()));
        RunSpec spec = new RunSpec("live", Software.VERSION, scenario.text(), data.files(), data.fitFeaturizer());
        RunControl control = new RunControl();
        control.pause();
        NodeSettings settings = new NodeSettings(
                "127.0.0.1",
                OptionalInt.of(0),
                List.of(),
                List.of(Node.COORDINATOR_ROLE, NodeRoster.DEVICES_ROLE),
                1,
                List.of());
        Paused paused = new Paused();
        try (Node node = Node.start(settings)) {
            node.joined().join();
            node.hosts().offerData(spec.run(), data);
            CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();
            BaseArchive archive = new BaseArchive(directory);
            Journal journal = Journal.begin(
                    directory,
                    new RunIdentity(spec.run(), spec.software(), spec.scenario(), spec.files(), 0),
                    new SavePace(SavePace.USUAL_SHARE, System::nanoTime));
            node.coordinate(new RunContext(
                    spec,
                    scenario,
                    node.hosts(),
                    1,
                    1,
                    node.devices(),
                    node::shardOf,
                    node.members(),
                    archive,
                    journal,
                    node.trainingThreads(),
                    System::nanoTime,
                    control,
                    paused,
                    outcome));
            CompletableFuture.anyOf(paused.reached, outcome).join();
            wake(node, spec.run(), 0, 1);
            long before = heapAfterCollection();
            wake(node, spec.run(), 1, devices);
            long live = node.figures().liveDevices();
            double each = (double) (heapAfterCollection() - before) / Math.max(1, live - 1);
            control.stop();
            outcome.join();
            archive.retainOnly(Set.of());
            journal.finish(false);
            return new Found(live, each);
        }
    }

    private static void wake(Node node, String run, int from, int to) {
        for (int start = from; start < to; start += BATCH) {
            List<CompletableFuture<DeviceInspection>> answers = IntStream.range(start, Math.min(to, start + BATCH))
                    .mapToObj(device -> node.inspect(run, device).toCompletableFuture())
                    .toList();
            answers.forEach(CompletableFuture::join);
        }
    }

    private static long heapAfterCollection() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }

    private static final class Paused implements RunListener {

        private final CompletableFuture<Void> reached = new CompletableFuture<>();

        @Override
        public void started(RunInfo info) {}

        @Override
        public void phase(Phase phase) {
            if (phase == Phase.PAUSED) {
                reached.complete(null);
            }
        }

        @Override
        public void progress(int round, int reported, int expected) {}

        @Override
        public void roundCommitted(RoundRecord round) {}

        @Override
        public void finished(RunOutcome outcome) {}
    }
}
