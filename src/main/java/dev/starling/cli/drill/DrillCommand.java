package dev.starling.cli.drill;

import dev.starling.base.InputException;
import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code starling drill}: brings a fault about and shows that a run survives it. */
@Command(
        name = "drill",
        description = "Plays a fault through with real processes. Exit code 0 if the run ended with the model of an "
                + "undisturbed run, bit for bit.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DrillCommand implements Callable<Integer> {

    private static final List<Drill> DRILLS = List.of(
            new KillNode(),
            new KillCoordinator(),
            new KillAll(),
            new PauseNode(),
            new PauseCoordinator(),
            new JoinAndLeave(),
            new Partition(false),
            new Partition(true),
            new FullDisk(),
            new DatabaseAway());

    private final Console console;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which drill; --list names them.")
    private @Nullable String name;

    @Option(names = "--list", description = "Names all drills and what they do.")
    private boolean list;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "What is run. Default: simulations/drill.conf beside this program.")
    private @Nullable Path scenario;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Overrides a key of the scenario, for example rounds.max=500. Repeatable.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Where results go: a new or empty directory.")
    private @Nullable Path out;

    @Option(
            names = "--pause",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long what is stopped or cut off stays so. Default: ${DEFAULT-VALUE}.")
    private int pause = 60;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long is waited for anything that must happen. Default: ${DEFAULT-VALUE}.")
    private int patience = 300;

    @Option(names = "--store", paramLabel = "URL", description = "The database of the drill database-away.")
    private @Nullable String store;

    public DrillCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            DRILLS.forEach(drill -> console.out().printf(Locale.ROOT, "%-18s %s%n", drill.name(), drill.what()));
            return ExitCode.OK;
        }
        Drill drill = DRILLS.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        "drill",
                        "must be one of " + DRILLS.stream().map(Drill::name).collect(Collectors.joining(", "))
                                + "; got " + (name == null ? "none" : name)));
        if (pause < 0 || patience < 1) {
            throw new InputException(
                    pause < 0 ? "--pause" : "--patience",
                    "must be at least " + (pause < 0 ? 0 : 1) + ", got " + (pause < 0 ? pause : patience));
        }
        Path file = scenario == null
                ? Path.of(System.getProperty("starling.home", "")).resolve("simulations/drill.conf")
                : scenario;
        DrillSettings settings =
                new DrillSettings(file, overrides, Duration.ofSeconds(pause), Optional.ofNullable(store));
        drill.require(settings);
        Path directory = RunDirectory.reserve(Path.of(""), "drill-" + drill.name(), Optional.ofNullable(out))
                .toAbsolutePath();
        return play(drill, settings, directory);
    }

    private int play(Drill drill, DrillSettings settings, Path directory) throws IOException, InterruptedException {
        long start = System.nanoTime();
        console.out().println(drill.name() + ": " + drill.what());
        Patience waits = new Patience(Duration.ofSeconds(patience));
        try (Stage stage = new Stage(settings, directory, waits, step -> say(start, step))) {
            Thread tidying = new Thread(stage::close, "starling-drill-end");
            Runtime.getRuntime().addShutdownHook(tidying);
            try {
                stage.say("first the run without any fault");
                String expected = stage.undisturbed();
                stage.say("it ends with model root " + expected);
                drill.play(stage);
                String found = Stage.root(stage.results());
                stage.say("the run ends with model root " + found);
                if (found.equals(expected)) {
                    stage.say("the same, bit for bit");
                    return ExitCode.OK;
                }
                console.error("the run survived " + drill.name() + ", but with another model; see " + directory);
                return ExitCode.FAILED;
            } finally {
                Runtime.getRuntime().removeShutdownHook(tidying);
            }
        } catch (DrillFailure e) {
            console.error(drill.name() + " failed: " + e.getMessage() + "; see " + directory);
            return ExitCode.FAILED;
        }
    }

    private void say(long start, String step) {
        console.out().printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - start) / 1e9, step);
        console.out().flush();
    }
}
