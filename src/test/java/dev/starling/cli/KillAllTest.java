package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.FleetInOneJvm.Run;
import dev.starling.cli.processes.Patience;
import dev.starling.cli.processes.RunFiles;
import dev.starling.data.NpzWriter;
import dev.starling.metrics.ResultFiles;
import dev.starling.metrics.RunManifest;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.StoreSettings;
import dev.starling.store.sql.VersionQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All processes of a run killed at once, at random moments, again and again: it ends at the same root. */
@Tag("cluster")
class KillAllTest {

    private static final String SETTINGS = "evaluate-devices = false\n";

    private static final int KILLS = 3;

    private static final int LATEST_MILLIS = 4000;

    /** Moments of a run's life at which it is killed, in ms after a line of its output. */
    private final SplittableRandom moments = new SplittableRandom(6);

    @TempDir
    private Path directory;

    private StarlingProcess starling(List<String> arguments) throws IOException {
        return StarlingProcess.start(directory.resolve("starling.log"), List.of(), arguments);
    }

    /** The coordinator first: its nodes would only end because it does. */
    private static void killAll(StarlingProcess run, long millis) throws InterruptedException {
        List<ProcessHandle> nodes = run.nodes();
        run.killAfter(millis);
        nodes.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle node : nodes) {
            node.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    private static void awaitRound(Path run) throws IOException, InterruptedException {
        RunFiles files = new RunFiles(run);
        new Patience(Duration.ofMinutes(1)).await("a round is saved", () -> files.rounds() > 0);
    }

    /**
     * Runs and kills, then resumes and kills, {@code times} in all.
     *
     * @return how many rounds were saved at each kill
     */
    private List<Integer> killedAgainAndAgain(int times, List<String> begin, Path run, int nodes) throws Exception {
        List<Integer> saved = new ArrayList<>();
        List<String> next = begin;
        for (int kill = 0; kill < times; kill++) {
            try (StarlingProcess process = starling(next)) {
                process.awaitLine(kill == 0 ? "seed 3" : "resumed ");
                if (kill == times - 1) {
                    awaitRound(run); // However slow the machine, one kill is amid rounds.
                }
                killAll(process, moments.nextInt(LATEST_MILLIS));
            }
            saved.add(new RunFiles(run).rounds());
            next = List.of("run", "--resume", run.toString(), "--nodes", String.valueOf(nodes), "--threads", "1");
        }
        try (StarlingProcess last = starling(next)) {
            last.awaitEnd(ExitCode.OK);
        }
        return saved;
    }

    private static List<String> withoutMeasured(Path rounds) throws IOException {
        return Files.readAllLines(rounds).stream()
                .map(line -> {
                    List<String> cells = new ArrayList<>(List.of(line.split(",", -1)));
                    cells.subList(20, 23).clear();
                    return String.join(",", cells);
                })
                .toList();
    }

    @Test
    void killsOfThreeJvmsEndAtTheUndisturbedRoot() throws Exception {
        String text = ParityFleet.scenario(3, 300) + SETTINGS;
        Path scenario = Files.writeString(directory.resolve("fleet.conf"), text);
        Path whole = Files.createDirectory(directory.resolve("in-one-jvm"));
        RunManifest manifest = new RunManifest("", List.of(), Map.of(), "", Instant.EPOCH);
        ResultFiles undisturbedFiles = new ResultFiles(whole, text, manifest, NpzWriter::write);
        Run undisturbed = FleetInOneJvm.run(text, 2, whole, undisturbedFiles);
        Path place = directory.resolve("run");
        List<String> begin =
                List.of("run", scenario.toString(), "--out", place.toString(), "--nodes", "3", "--threads", "1");
        List<Integer> saved = killedAgainAndAgain(KILLS, begin, place, 3);

        assertThat(saved).as("rounds at each kill").anyMatch(rounds -> rounds > 0);
        assertThat(Files.readString(place.resolve("summary.json")))
                .contains(undisturbed.root(), "\"resumed\" : " + KILLS, "\"rounds\" : 300");
        assertThat(withoutMeasured(place.resolve("rounds.csv")))
                .isEqualTo(withoutMeasured(whole.resolve("rounds.csv")));
    }

    private static ModelStore wholeStore(Path place) {
        ModelStore store =
                ModelStore.open(StoreSettings.directory(place.resolve("store")).existing());
        assertThat(store.fsck(false, Optional.empty()).problems()).isEmpty();
        return store;
    }

    private static Map<VersionKey, String> kept(Path place) {
        try (ModelStore store = wholeStore(place)) {
            assertThat(store.runs()).hasSize(1);
            return store.list(store.runs().get(0), VersionQuery.all()).stream()
                    .collect(Collectors.toMap(
                            VersionRecord::key, version -> version.root().hex()));
        }
    }

    @Test
    void killsWhileVersionsAreSavedLeaveTheStoreWholeAndLoseNone() throws Exception {
        String text = ParityFleet.scenario(3, 60) + SETTINGS + "store.policy = delta\n";
        Path scenario = Files.writeString(directory.resolve("fleet.conf"), text);
        Path whole = directory.resolve("whole");
        Run undisturbed = FleetInOneJvm.run(text, 2, whole);
        Path place = directory.resolve("run");
        List<String> next = List.of("run", scenario.toString(), "--out", place.toString(), "--threads", "1");
        for (int kill = 0; kill < 2; kill++) {
            try (StarlingProcess process = starling(next)) {
                process.awaitLine(kill == 0 ? "seed 3" : "resumed ");
                awaitRound(place);
                killAll(process, moments.nextInt(900));
            }
            try (ModelStore store = wholeStore(place)) { // which need not know the run yet: versions are saved later
                assertThat(store.runs()).hasSizeLessThanOrEqualTo(1);
            }
            next = List.of("run", "--resume", place.toString(), "--threads", "1");
        }
        try (StarlingProcess last = starling(next)) {
            last.awaitEnd(ExitCode.OK);
        }
        assertThat(Files.readString(place.resolve("summary.json"))).contains(undisturbed.root());
        assertThat(kept(place)).isEqualTo(kept(whole));
    }
}
