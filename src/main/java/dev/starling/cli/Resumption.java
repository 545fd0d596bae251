package dev.starling.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.base.Software;
import dev.starling.coordinator.RunIdentity;
import dev.starling.data.DataFile;
import dev.starling.metrics.RunManifest;
import dev.starling.scenario.Scenario;
import dev.starling.store.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a run can go on in a directory, and with what: it must be the same run in all that its results depend on. */
final class Resumption {

    private static final String NONE = "nothing";

    /** What says when a run ends, and nothing of what it does until then. */
    private static final Set<String> LIMITS = Set.of("rounds.max", "rounds.target.value", "rounds.target.stop");

    private Resumption() {}

    /** Throws InputException unless {@code directory} is that of a run. */
    static void requireRun(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new InputException(
                    "--resume", "must be the directory of a run, but there is no directory " + directory);
        }
        if (!RunIdentity.isIn(directory)) {
            throw new InputException(
                    "--resume",
                    "must be the directory of a run that has begun its first round, but " + directory
                            + " holds no progress/run.json");
        }
    }

    /** The scenario that the run in {@code directory} left there; put back if it was killed before it came to that. */
    static Path scenario(Path directory) throws IOException {
        Path file = directory.resolve("scenario.conf");
        if (!Files.exists(file)) {
            write(directory, RunIdentity.read(directory).scenario());
        }
        return file;
    }

    /** Leaves {@code text} as the scenario of the run in {@code directory}, whole or not at all. */
    static void write(Path directory, String text) throws IOException {
        DurableFile.write(directory.resolve("scenario.conf"), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Throws InputException with every difference if {@code scenario}, or this Starling, is not the run's. When a run ends may
     * change: see {@link #changes}.
     */
    static void requireSame(Path directory, Scenario scenario) {
        RunIdentity then = RunIdentity.read(directory);
        List<Problem> problems = new ArrayList<>();
        if (!then.software().equals(Software.VERSION)) {
            problems.add(different(directory, "the version of Starling", then.software(), Software.VERSION));
        }
        differences(then, scenario).forEach((key, change) -> {
            if (!LIMITS.contains(key)) {
                problems.add(different(directory, key, change.from(), change.to()));
            }
        });
        refuse(problems);
    }

    /** What a run that is resumed with {@code scenario} goes on with that it was not begun with, by key: when it ends. */
    static Map<String, RunManifest.Change> changes(Path directory, Scenario scenario) {
        Map<String, RunManifest.Change> changes = differences(RunIdentity.read(directory), scenario);
        changes.keySet().retainAll(LIMITS);
        return changes;
    }

    private static Map<String, RunManifest.Change> differences(RunIdentity then, Scenario scenario) {
        Map<String, String> before = settings(then.scenario());
        Map<String, String> now = settings(scenario.text());
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(now.keySet());
        Map<String, RunManifest.Change> differences = new TreeMap<>();
        for (String key : keys) {
            String was = before.getOrDefault(key, NONE);
            String is = now.getOrDefault(key, NONE);
            if (!was.equals(is)) {
                differences.put(key, new RunManifest.Change(was, is));
            }
        }
        return differences;
    }

    /** Throws InputException with every data file that is not what it was. */
    static void requireSameData(Path directory, List<DataFile> then, List<DataFile> now) {
        Map<String, String> before = hashes(then);
        Map<String, String> after = hashes(now);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Problem> problems = new ArrayList<>();
        for (String name : names) {
            String was = before.getOrDefault(name, NONE);
            String is = after.getOrDefault(name, NONE);
            if (!was.equals(is)) {
                problems.add(different(directory, "the SHA-256 of " + name, was, is));
            }
        }
        refuse(problems);
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
    }

    private static Problem different(Path directory, String key, String then, String now) {
        return new Problem(directory.toString(), key + " was " + then + " when the run began, is " + now + " now");
    }

    private static Map<String, String> hashes(List<DataFile> files) {
        return files.stream()
                .collect(Collectors.toMap(DataFile::name, DataFile::sha256, (first, same) -> first, TreeMap::new));
    }

    private static Map<String, String> settings(String text) {
        Config config = ConfigFactory.parseString(text);
        Map<String, String> settings = new TreeMap<>();
        for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
            settings.put(entry.getKey(), entry.getValue().render(ConfigRenderOptions.concise()));
        }
        return settings;
    }

    /** Whether the run in {@code directory} has done all that it should. */
    static boolean isComplete(Path directory) {
        Path summary = directory.resolve("summary.json");
        try {
            return Files.exists(summary)
                    && ConfigFactory.parseString(
                                    Files.readString(summary),
                                    ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON))
                            .getString("status")
                            .equals("done");
        } catch (IOException | ConfigException e) {
            return false;
        }
    }

    /** What to type to go on. */
    static String command(Path directory) {
        return "starling run --resume " + directory;
    }
}
