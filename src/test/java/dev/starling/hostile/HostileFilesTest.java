package dev.starling.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.coordinator.Rehearsal;
import dev.starling.device.Trial;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small valid files of every kind, changed by chance: each outcome is a run, or one clear line a problem; and what
 * {@code validate} lets through, a run takes. A seed that fails is printed and replays:
 * {@code -Dhostile.seed=N}; {@code -Dhostile.seeds=N} tries more or fewer of them.
 */
class HostileFilesTest {

    private static final long FIRST = Long.getLong("hostile.seed", 0);
    private static final int SEEDS =
            Integer.getInteger("hostile.seeds", System.getProperty("hostile.seed") == null ? 600 : 1);

    /** What is larger is a run too, but takes its time: whether it is planned right, other tests tell. */
    private static final int MANY = 100_000;

    private static final int LONGEST_LINE = 600;

    /** Files of this size {@code validate} reads whole. */
    private static final long READ_BYTES = 256 << 20;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private int ran;
    private final List<String> refusals = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    @Test
    void everySpecimenRunsAsItIs() throws IOException {
        for (Specimen specimen : Specimens.all()) {
            Path place = Files.createDirectory(directory.resolve(specimen.name().replace(' ', '-')));
            specimen.files().forEach((name, content) -> write(place.resolve(name), content.bytes()));
            outcome(specimen.name(), place, specimen.scenario());
        }
        assertThat(refusals).as("refused").isEmpty();
        assertThat(failures).isEmpty();
        assertThat(ran).isEqualTo(Specimens.all().size());
    }

    @Test
    void whateverIsInAFileTheOutcomeIsARunOrOneClearLine() throws IOException {
        List<Specimen> specimens = Specimens.all();
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            Specimen specimen = specimens.get((int) (seed % specimens.size()));
            Path place = Files.createDirectory(directory.resolve("seed-" + seed));
            String scenario = specimen.scenario();
            Map<String, Specimen.Content> files = new TreeMap<>(specimen.files());
            List<String> names = List.copyOf(files.keySet());
            for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                if (names.isEmpty() || random.nextInt(4) == 0) {
                    scenario = new Settings(random).change(scenario);
                } else {
                    files.computeIfPresent(
                            names.get(random.nextInt(names.size())),
                            (name, content) -> new Mutation(random).change(content));
                }
            }
            files.forEach((name, content) -> write(place.resolve(name), content.bytes()));
            outcome("-Dhostile.seed=" + seed + " (" + specimen.name() + ")", place, scenario);
        }
        assertThat(failures).as("of %d outcomes", SEEDS).isEmpty();
        if (SEEDS > 100) {
            assertThat(refusals).as("refused").hasSizeGreaterThan(SEEDS / 5);
            assertThat(ran).as("ran").isGreaterThan(SEEDS / 20);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void outcome(String what, Path place, String text) {
        Path file = place.resolve("s.conf");
        write(file, ("data.directory = \"" + place + "\"\n" + text).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Scenario scenario;
        try {
            scenario = ScenarioCheck.read(file, List.of(), OptionalLong.empty(), READ_BYTES);
        } catch (InputException e) {
            refusals.add(what + ": " + e.getMessage());
            clear(what, e);
            return;
        } catch (Throwable e) { // Errors too: too much memory, too deep a recursion.
            failures.add(what + ": validate ends with " + trace(e));
            return;
        }
        if (isLarge(scenario)) {
            return;
        }
        try {
            RunControl control = new RunControl();
            Rehearsal.run(scenario, control, new FirstRounds(control), System::nanoTime);
            Trial.of(scenario);
            ran++;
        } catch (InputException e) {
            failures.add(what + ": validate says ok, run says " + e.getMessage());
        } catch (Throwable e) {
            failures.add(what + ": run ends with " + trace(e));
        }
    }

    private static boolean isLarge(Scenario scenario) {
        return scenario.fleet().devices() > MANY;
    }

    private static String trace(Throwable thrown) {
        StringBuilder text = new StringBuilder(thrown.toString());
        for (StackTraceElement place : thrown.getStackTrace()) {
            if (place.getClassName().startsWith("dev.starling")) {
                text.append("\n      at ").append(place);
            }
        }
        return text.toString();
    }

    private void clear(String what, InputException refusal) {
        for (Problem problem : refusal.problems()) {
            String line = problem.toString();
            boolean clear = !line.contains("\n")
                    && line.length() <= LONGEST_LINE
                    && !problem.message().isBlank()
                    && line.codePoints().noneMatch(Character::isISOControl)
                    && !line.matches(".*\\b(java|javax|dev\\.starling|com|org)\\.[a-z]+\\.[A-Za-z.]+.*");
            if (!clear) {
                failures.add(what + ": unclear: " + line.substring(0, Math.min(line.length(), 2 * LONGEST_LINE)));
            }
        }
    }

    /** Stops a rehearsal after a few rounds. */
    private record FirstRounds(RunControl control) implements RunListener {

        private static final int ROUNDS = 3;

        @Override
        public void started(RunInfo info) {}

        @Override
        public void phase(Phase phase) {}

        @Override
        public void progress(int round, int reported, int expected) {}

        @Override
        public void roundCommitted(RoundRecord round) {
            if (round.round() >= ROUNDS) {
                control.stop();
            }
        }

        @Override
        public void finished(RunOutcome outcome) {}
    }
}
