package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.FleetInOneJvm.Run;
import dev.starling.metrics.Phase;
import dev.starling.metrics.Resumed;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.protocol.Expected;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.StoreSettings;
import dev.starling.store.sql.VersionQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, cut after each of their rounds and taken up again: nothing tells them from the undisturbed one. */
class ResumingTest {

    private static final String FLEET = """
            seed = 5
            data {
              source { kind = glyphs, train-examples = 300, test-examples = 50 }
              partition { kind = shards, per-device = 2 }
              hold-back = 0.2
            }
            model.network = "mlp(12)"
            local { epochs = 1, batch = 5, learning-rate = 0.05 }
            fleet.devices = 10
            rounds { max = 5, cohort = 5 }
            """;

    @TempDir
    private Path directory;

    /** Copies what a kill at the commit of a round would leave. */
    private record Cuts(Path from, Path to) implements RunListener {

        @Override
        public void started(RunInfo info) {}

        @Override
        public void phase(Phase phase) {}

        @Override
        public void progress(int round, int reported, int expected) {}

        @Override
        public void roundCommitted(RoundRecord round) {
            try {
                copy(
                        from.resolve("progress"),
                        to.resolve("cut-" + round.round()).resolve("progress"));
                copy(from.resolve("model"), to.resolve("cut-" + round.round()).resolve("model"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void copy(Path from, Path to) throws IOException {
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Path target = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    try {
                        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                    } catch (NoSuchFileException gone) {
                        return visitFileFailed(file, gone);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        // A base that has just got its name: the archive is written by another thread.
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }
            });
        }

        @Override
        public void finished(RunOutcome outcome) {}
    }

    /** Stops the run after a round. */
    private record Stop(RunControl control, int after) implements RunListener {

        @Override
        public void started(RunInfo info) {}

        @Override
        public void phase(Phase phase) {}

        @Override
        public void progress(int round, int reported, int expected) {}

        @Override
        public void roundCommitted(RoundRecord round) {
            if (round.round() == after) {
                control.stop();
            }
        }

        @Override
        public void finished(RunOutcome outcome) {}
    }

    /** Notes how many rounds were not trained again. */
    private record Earlier(AtomicInteger rounds) implements RunListener {

        @Override
        public void started(RunInfo info) {}

        @Override
        public void resumed(Resumed resumed) {
            rounds.set(resumed.rounds().size());
        }

        @Override
        public void phase(Phase phase) {}

        @Override
        public void progress(int round, int reported, int expected) {}

        @Override
        public void roundCommitted(RoundRecord round) {}

        @Override
        public void finished(RunOutcome outcome) {}
    }

    private static List<RoundRecord> withoutMeasured(List<RoundRecord> rounds) {
        return rounds.stream().map(Expected::timeless).toList();
    }

    private static void assertSame(Run found, Run expected, String what) {
        assertThat(found.outcome().phase()).as(what).isEqualTo(Phase.DONE);
        assertThat(found.root()).as(what).isEqualTo(expected.root());
        assertThat(withoutMeasured(found.rounds())).as(what).isEqualTo(withoutMeasured(expected.rounds()));
        assertThat(found.outcome().devices())
                .as(what)
                .isEqualTo(expected.outcome().devices());
        assertThat(found.outcome().evaluation())
                .as(what)
                .isEqualTo(expected.outcome().evaluation());
        assertThat(found.outcome().targetReachedAtRound())
                .as(what)
                .isEqualTo(expected.outcome().targetReachedAtRound());
    }

    private Run resumesAfterEveryRound(String settings) {
        return scenarioResumesAfterEveryRound(FLEET + settings);
    }

    private Run scenarioResumesAfterEveryRound(String scenario) {
        Path whole = directory.resolve("whole");
        Cuts cuts = new Cuts(whole, directory);
        Run undisturbed = FleetInOneJvm.savingEveryRound(scenario, 2, whole, false, new RunControl(), cuts);
        assertThat(undisturbed.outcome().phase()).isEqualTo(Phase.DONE);
        for (RoundRecord round : undisturbed.rounds()) {
            Path cut = directory.resolve("cut-" + round.round());
            AtomicInteger earlier = new AtomicInteger(-1);
            Run resumed =
                    FleetInOneJvm.savingEveryRound(scenario, 1, cut, true, new RunControl(), new Earlier(earlier));
            // The round that was being committed is trained again, those before are not.
            assertThat(earlier).hasValue(round.round() - 1);
            assertSame(resumed, undisturbed, "cut at the commit of round " + round.round());
        }
        return undisturbed;
    }

    @Test
    void aSynchronousRun() {
        assertThat(resumesAfterEveryRound("").rounds()).hasSize(5);
    }

    @Test
    void anAsynchronousRunWithDevicesAtWork() {
        resumesAfterEveryRound(
                "rounds { max = 8, asynchronous { kind = fedbuff, buffer = 2, concurrency = 6, staleness-exponent = 0.5 } }");
    }

    @Test
    void tiersBetweenTwoMerges() {
        resumesAfterEveryRound("""
                fleet.regions { east.share = 0.5, north.share = 0.3, west.share = 0.2 }
                rounds.tiers.regional-rounds = 3
                """);
    }

    @Test
    void sessionsAndAnUpdateWithPersonalLayers() {
        String layers = """
                model.layers = [
                  { type = dense, units = 12 }
                  { type = dense, units = 10, sharing = personal }
                ]
                """;
        Run run = scenarioResumesAfterEveryRound(FLEET.replace("model.network = \"mlp(12)\"", layers) + """
                rounds { max = 2 }
                personal {
                  sessions = 3, share = 0.6, momentum = 0.5, keep-momentum = true
                  update { policy = rebase, after = 1, rounds = 2 }
                }
                """);
        assertThat(run.rounds()).hasSize(2 + 3 + 2 + 1);
    }

    @Test
    void selectionByLoss() {
        resumesAfterEveryRound("rounds.selection.kind = oort");
    }

    @Test
    void aServerOptimizerWithMemory() {
        resumesAfterEveryRound("algorithm { kind = fedavg, server { kind = adam, learning-rate = 0.01 } }");
    }

    @Test
    void preTrainingAndATargetThatIsReached() {
        Run run = resumesAfterEveryRound("""
                data.proxy = 0.2
                pre-training.epochs = 1
                rounds { max = 9, target.value = 0.15 }
                """);
        assertThat(run.outcome().targetReachedAtRound()).isPresent();
    }

    private static Map<VersionKey, String> kept(Path place) {
        try (ModelStore store =
                ModelStore.open(StoreSettings.directory(place.resolve("store")).existing())) {
            assertThat(store.runs()).hasSize(1);
            assertThat(store.fsck(false, Optional.empty()).problems()).isEmpty();
            return store.list(store.runs().get(0), VersionQuery.all()).stream()
                    .collect(Collectors.toMap(
                            VersionRecord::key, version -> version.root().hex()));
        }
    }

    @Test
    void everyVersionIsKeptOnceHoweverOftenARunIsStopped() {
        String scenario = FLEET + "personal { sessions = 2, train = head }\nstore { policy = delta }\n";
        Path whole = directory.resolve("whole");
        Run undisturbed = FleetInOneJvm.run(scenario, 2, whole);
        Path cut = directory.resolve("cut");
        List<Integer> rounds = new ArrayList<>();
        for (int stop = 1; stop <= undisturbed.rounds().size(); stop++) {
            RunControl control = new RunControl();
            Run part = FleetInOneJvm.savingEveryRound(scenario, 2, cut, stop > 1, control, new Stop(control, stop));
            assertThat(part.outcome().phase()).isEqualTo(Phase.STOPPED);
            rounds.add(part.rounds().size());
        }
        Run last =
                FleetInOneJvm.savingEveryRound(scenario, 2, cut, true, new RunControl(), new Stop(new RunControl(), 0));
        assertThat(rounds).isSorted();
        assertSame(last, undisturbed, "stopped after every round");
        assertThat(kept(cut)).isEqualTo(kept(whole));
    }
}
