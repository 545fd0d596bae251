package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.starling.device.Lineage;
import dev.starling.device.RunSpec;
import dev.starling.metrics.KeptFigures;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.metrics.StoreWait;
import dev.starling.model.Architecture;
import dev.starling.model.Backend;
import dev.starling.model.Snapshot;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import dev.starling.store.BaseArchive;
import dev.starling.store.ModelRoot;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.PostgresServer;
import dev.starling.store.sql.StoreSettings;
import dev.starling.store.sql.VersionQuery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose store goes away while they learn: a real PostgreSQL server, killed. */
@ExtendWith(StoreOutageTest.Server.class)
class StoreOutageTest {

    private static final String FLEET = """
            seed = 5
            data {
              source { kind = glyphs, train-examples = 300, test-examples = 50 }
              partition { kind = shards, per-device = 2 }
              hold-back = 0.2
            }
            model.network = "mlp(16)"
            local { epochs = 2, batch = 5, learning-rate = 0.05 }
            fleet.devices = 8
            rounds { max = 6, cohort = 5 }
            personal { sessions = 2, train = head }
            """;

    private static Optional<PostgresServer> server = Optional.empty();

    /** Starts the server, or skips the class. */
    static final class Server implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            server = Optional.of(PostgresServer.of(context));
        }
    }

    @BeforeAll
    static void kernels() {
        Backend.start();
    }

    @TempDir
    private Path directory;

    private static Map<VersionKey, ModelRoot> roots(StoreSettings settings) {
        try (ModelStore store = ModelStore.open(settings.existing())) {
            assertThat(store.fsck(false, Optional.empty()).problems()).isEmpty();
            String run = store.runs().get(0);
            Map<VersionKey, ModelRoot> roots = new TreeMap<>();
            for (VersionRecord version : store.list(run, VersionQuery.all())) {
                roots.put(version.key(), version.root());
            }
            return roots;
        }
    }

    private static String keptIn(StoreSettings store) {
        return FLEET + "store { policy = delta, url = \"" + store.url() + "\" }";
    }

    @Test
    void nothingIsLostWhenTheStoreIsKilledAndDevicesAnswerMeanwhile() {
        FleetInOneJvm.run(FLEET + "store.policy = delta", 2, directory.resolve("undisturbed"));
        Map<VersionKey, ModelRoot> undisturbed =
                roots(StoreSettings.directory(directory.resolve("undisturbed").resolve("store")));
        StoreSettings store = server.orElseThrow().newDatabase();
        Watcher watcher = new Watcher(2, server.orElseThrow()::kill);
        Map<Integer, ModelRoot> live = new TreeMap<>();

        try (Running running = new Running(keptIn(store), directory, watcher)) {
            // Sessions are over and nothing can be written: what devices hold now is in no store.
            watcher.settling.join();
            StoreWait waiting = watcher.away.join();
            assertThat(waiting.queued()).isPositive();
            assertThat(running.node.figures().store().awaySeconds()).isPositive();
            for (int device = 0; device < 8; device++) {
                live.put(device, ModelRoot.of(running.model(device)));
            }
            assertThat(running.outcome).isNotDone();
            server.orElseThrow().start();
            assertThat(running.outcome.join().phase()).isEqualTo(Phase.DONE);
        }

        assertThat(roots(store)).isEqualTo(undisturbed);
        live.forEach((device, root) -> assertThat(undisturbed).containsEntry(VersionKey.of(device, 8), root));
        assertThat(watcher.back.join().away()).isFalse();
        assertThat(watcher.kept.join().versions()).isEqualTo(undisturbed.size());
    }

    @Test
    void aStoreThatCanNeverBeWrittenEndsTheRunAndSaysWhy() {
        StoreSettings store = server.orElseThrow().newDatabase();
        Watcher watcher = new Watcher(2, () -> execute(store, "DROP TABLE version CASCADE"));
        try (Running running = new Running(keptIn(store), directory, watcher)) {
            RunOutcome outcome = running.outcome.join();
            assertThat(outcome.phase()).isEqualTo(Phase.FAILED);
            assertThat(outcome.failure()).contains("versions could not be kept", "\"version\" does not exist");
        }
    }

    @Test
    void whoStopsARunHasWhatItMadeSoFar() {
        StoreSettings store = server.orElseThrow().newDatabase();
        RunControl control = new RunControl();
        Watcher watcher = new Watcher(3, control::stop);
        try (Running running = new Running(keptIn(store), directory, watcher, control)) {
            assertThat(running.outcome.join().phase()).isEqualTo(Phase.STOPPED);
        }
        assertThat(roots(store).keySet().stream().filter(key -> !key.isBase() && key.sequence() <= 3))
                .hasSize(3 * 5);
    }

    private static void execute(StoreSettings store, String statement) {
        try (Connection connection = DriverManager.getConnection(store.url(), store.user(), "");
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does something when a round is committed, and tells what it hears of the store. */
    private static final class Watcher implements RunListener {
        private final int round;
        private final Runnable deed;
        private final CompletableFuture<Void> settling = new CompletableFuture<>();
        private final CompletableFuture<StoreWait> away = new CompletableFuture<>();
        private final CompletableFuture<StoreWait> back = new CompletableFuture<>();
        private final CompletableFuture<KeptFigures> kept = new CompletableFuture<>();

        private Watcher(int round, Runnable deed) {
            this.round = round;
            this.deed = deed;
        }

        @Override
        public void started(RunInfo info) {}

        @Override
        public void phase(Phase phase) {
            if (phase == Phase.SETTLING) {
                settling.complete(null);
            }
        }

        @Override
        public void progress(int running, int reported, int expected) {}

        @Override
        public void roundCommitted(RoundRecord committed) {
            if (committed.round() == round) {
                deed.run();
            }
        }

        @Override
        public void store(StoreWait state) {
            (state.away() ? away : back).complete(state);
        }

        @Override
        public void kept(KeptFigures figures) {
            kept.complete(figures);
        }

        @Override
        public void finished(RunOutcome outcome) {}
    }

    /** A run on a node that the test can ask. */
    private static final class Running implements AutoCloseable {
        private static final String RUN = "outage";
        private final Node node;
        private final Architecture architecture;
        private final CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();

        private Running(String text, Path directory, RunListener watcher) {
            this(text, directory, watcher, new RunControl());
        }

        private Running(String text, Path directory, RunListener watcher, RunControl control) {
            Scenario scenario = ScenarioReader.parse(text, "fleet.conf");
            RawData data = DataLoader.load(scenario.data(), scenario.fleet().devices(), new Seeds(scenario.seed()));
            List<String> roles = List.of(Node.COORDINATOR_ROLE, NodeRoster.DEVICES_ROLE);
            node = Node.start(new NodeSettings("127.0.0.1", OptionalInt.of(0), List.of(), roles, 2, List.of()));
            node.joined().join();
            RunSpec spec = new RunSpec(
                    RUN,
                    Software.VERSION,
                    scenario.text(),
                    data.files(),
                    data.fitFeaturizer(),
                    scenario.keeping().url().orElseThrow());
            node.hosts().offerData(RUN, data);
            var shape = data.featurized(spec.featurizer()).shape();
            architecture = Architecture.of(scenario.model(), shape.input(), shape.outputs());
            node.coordinate(new RunContext(
                    spec,
                    scenario,
                    node.hosts(),
                    1,
                    2,
                    node.devices(),
                    node::shardOf,
                    node.members(),
                    new BaseArchive(directory.resolve("versions")),
                    Journal.begin(
                            directory,
                            new RunIdentity(RUN, Software.VERSION, scenario.text(), data.files(), 0),
                            // A state is due after every round: while the store is away it must not hold up the fleet.
                            new SavePace(Double.POSITIVE_INFINITY, System::nanoTime)),
                    node.trainingThreads(),
                    System::nanoTime,
                    control,
                    watcher,
                    outcome));
        }

        private Snapshot model(int device) {
            return node.recover(RUN, device, Lineage.NONE, architecture.layout())
                    .toCompletableFuture()
                    .join()
                    .orElseThrow();
        }

        @Override
        public void close() {
            node.close();
        }
    }
}
