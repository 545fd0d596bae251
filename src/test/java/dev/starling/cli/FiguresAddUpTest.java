package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.coordinator.Rehearsal;
import dev.starling.metrics.Phase;
import dev.starling.metrics.ResultFiles;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunManifest;
import dev.starling.metrics.RunOutcome;
import dev.starling.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every figure that is a sum or a mean of others adds up, in the files of random small scenarios: rehearsed, run, and
 * stopped and taken up again. {@code -Dstarling.figures.seeds=500} takes more of them, from
 * {@code starling.figures.from} on; {@code -Dstarling.figures.seed=17} takes that one, whose files stay in
 * {@code target/figures-17}.
 */
class FiguresAddUpTest {

    /** What is measured on the clock of this machine. */
    private static final Set<String> MEASURED = Set.of("wallSeconds", "trainSeconds", "nodeBytes");

    @TempDir
    private Path directory;

    @Test
    void whatIsASumOrAMeanIsThatOfItsParts() throws IOException {
        Long one = Long.getLong("starling.figures.seed");
        long first = Long.getLong("starling.figures.from", 0L);
        long[] seeds = one == null
                ? LongStream.range(first, first + Long.getLong("starling.figures.seeds", 40L))
                        .toArray()
                : new long[] {one};
        List<String> problems = new ArrayList<>();
        for (long seed : seeds) {
            Path place = one == null ? directory.resolve("seed-" + seed) : Path.of("target", "figures-" + seed);
            RandomScenario scenario = RandomScenario.of(seed);
            List<String> found;
            try {
                found = problems(scenario, place);
            } catch (RuntimeException e) {
                found = List.of("it ends with " + e);
            }
            if (!found.isEmpty()) {
                problems.add("-Dstarling.figures.seed=" + seed + " " + found + "\n" + scenario.text());
            }
        }
        assertThat(problems)
                .as("%d of %d scenarios do not add up", problems.size(), seeds.length)
                .isEmpty();
    }

    private static List<String> problems(RandomScenario scenario, Path place) throws IOException {
        Path whole = Files.createDirectories(place.resolve("whole"));
        if (!scenario.trained()) {
            try {
                Rehearsal.run(
                        ScenarioReader.parse(scenario.text(), "x.conf"),
                        new RunControl(),
                        files(whole, scenario),
                        () -> 0);
            } catch (IllegalStateException e) {
                return cannotGoOn(String.valueOf(e.getMessage())) ? List.of() : List.of("it fails: " + e.getMessage());
            }
            return Books.problems(whole, scenario.text());
        }
        RunOutcome outcome = FleetInOneJvm.savingEveryRound(
                        scenario.text(), 2, whole, false, new RunControl(), files(whole, scenario))
                .outcome();
        if (outcome.phase() == Phase.FAILED) {
            return cannotGoOn(outcome.failure()) ? List.of() : List.of("it fails: " + outcome.failure());
        }
        List<String> problems = new ArrayList<>(Books.problems(whole, scenario.text()));
        if (scenario.stopAfter() > 0) {
            Path parts = Files.createDirectories(place.resolve("parts"));
            RunControl control = new RunControl();
            ResultFiles files = files(parts, scenario);
            FleetInOneJvm.savingEveryRound(
                    scenario.text(), 2, parts, false, control, new Stop(files, control, scenario.stopAfter()));
            FleetInOneJvm.savingEveryRound(scenario.text(), 1, parts, true, new RunControl(), files(parts, scenario));
            for (String file : List.of("rounds.csv", "devices.csv", "fleet.csv")) {
                if (!unmeasured(parts.resolve(file)).equals(unmeasured(whole.resolve(file)))) {
                    problems.add(file + " of the resumed run is another");
                }
            }
            problems.addAll(Books.problems(parts, scenario.text()));
        }
        return problems;
    }

    /** A draw may have fewer devices that can report in time than an update needs. */
    private static boolean cannotGoOn(String failure) {
        return failure.contains("no device was free, eligible and had examples")
                || failure.contains("no update would ever be made");
    }

    private static ResultFiles files(Path place, RandomScenario scenario) {
        return new ResultFiles(
                place,
                scenario.text(),
                new RunManifest("test", List.of(), Map.of(), "a CPU", Instant.EPOCH),
                (file, model) -> Files.write(file, new byte[0]));
    }

    /** The rows of a table without what the clock of this machine says. */
    private static List<List<String>> unmeasured(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> names = Arrays.asList(lines.get(0).split(",", -1));
        return lines.stream()
                .map(line -> {
                    List<String> cells = new ArrayList<>(Arrays.asList(line.split(",", -1)));
                    for (int i = 0; i < names.size(); i++) {
                        if (MEASURED.contains(names.get(i))) {
                            cells.set(i, "");
                        }
                    }
                    return cells;
                })
                .toList();
    }

    /** Passes everything on, and stops the run after a round. */
    private record Stop(RunListener files, RunControl control, int after) implements RunListener {

        @Override
        public void started(RunInfo info) {
            files.started(info);
        }

        @Override
        public void phase(Phase phase) {
            files.phase(phase);
        }

        @Override
        public void progress(int round, int reported, int expected) {
            files.progress(round, reported, expected);
        }

        @Override
        public void roundCommitted(RoundRecord round) {
            files.roundCommitted(round);
            if (round.round() == after) {
                control.stop();
            }
        }

        @Override
        public void finished(RunOutcome outcome) {
            files.finished(outcome);
        }
    }
}
