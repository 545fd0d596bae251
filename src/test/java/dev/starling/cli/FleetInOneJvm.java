package dev.starling.cli;

import com.typesafe.config.ConfigFactory;
import dev.starling.base.SimTime;
import dev.starling.cluster.NodeSettings;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Runs whole scenarios in this JVM: real actors, sharding and kernels, but no process and no network. */
final class FleetInOneJvm {

    private static final String LIVE_DEVICES = "pekko.cluster.sharding.passivation.starling-lru.active-entity-limit";

    /** How a run went. */
    record Run(RunOutcome outcome, List<RoundRecord> rounds) {

        String root() {
            return outcome.modelRoot();
        }

        /** Fleet time at which each round closed. */
        List<SimTime> closes() {
            return rounds.stream().map(RoundRecord::closes).toList();
        }
    }

    private FleetInOneJvm() {}

    static Run run(String scenario, int threads, Path directory) {
        return run(scenario, threads, directory, new Rounds());
    }

    /** As above, watched by somebody else too. */
    static Run run(String scenario, int threads, Path directory, RunListener watcher) {
        Rounds rounds = new Rounds();
        RunOutcome outcome = watched(scenario, threads, directory, List.of(rounds, watcher));
        return new Run(outcome, rounds.committed);
    }

    /** Only {@code watchers} remember anything of the run. */
    static RunOutcome watched(String scenario, int threads, Path directory, List<RunListener> watchers) {
        Scenario read = ScenarioReader.parse(scenario, "fleet.conf");
        NodeSettings node = new NodeSettings("127.0.0.1", OptionalInt.of(0), List.of(), List.of(), threads, List.of());
        return new ClusterSimulator()
                .run(new RunRequest(read, node, 1, false, false, directory), new RunControl(), watchers);
    }

    /** As above, saving its state after every round; {@code resume} goes on with the run in {@code directory}. */
    static Run savingEveryRound(
            String scenario, int threads, Path directory, boolean resume, RunControl control, RunListener watcher) {
        Scenario read = ScenarioReader.parse(scenario, "fleet.conf");
        NodeSettings node = new NodeSettings("127.0.0.1", OptionalInt.of(0), List.of(), List.of(), threads, List.of());
        Rounds rounds = new Rounds();
        RunOutcome outcome = new ClusterSimulator(Double.POSITIVE_INFINITY)
                .run(new RunRequest(read, node, 1, false, false, directory, resume), control, List.of(rounds, watcher));
        return new Run(outcome, rounds.committed);
    }

    /** As above, with at most {@code liveDevices} device actors alive at any time. */
    static Run withFewLiveDevices(int liveDevices, String scenario, int threads, Path directory) {
        return withFewLiveDevices(liveDevices, scenario, threads, directory, new Rounds());
    }

    static Run withFewLiveDevices(int liveDevices, String scenario, int threads, Path directory, RunListener watcher) {
        System.setProperty(LIVE_DEVICES, String.valueOf(liveDevices));
        ConfigFactory.invalidateCaches();
        try {
            return run(scenario, threads, directory, watcher);
        } finally {
            System.clearProperty(LIVE_DEVICES);
            ConfigFactory.invalidateCaches();
        }
    }

    private static final class Rounds implements RunListener {
        private final List<RoundRecord> committed = new ArrayList<>();

        @Override
        public void started(RunInfo info) {}

        @Override
        public void phase(Phase phase) {}

        @Override
        public void progress(int round, int reported, int expected) {}

        @Override
        public void roundCommitted(RoundRecord round) {
            committed.add(round);
        }

        @Override
        public void finished(RunOutcome outcome) {}
    }
}
