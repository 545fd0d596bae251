package dev.starling.cli.drill;

import dev.starling.base.InputException;
import dev.starling.cli.Console;
import dev.starling.cli.ExitCode;
import dev.starling.cli.Overrides;
import dev.starling.cli.RunDirectory;
import dev.starling.cli.processes.Patience;
import dev.starling.cli.processes.ProcessFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    private final Console console;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Which drill; --list names them. Further key=value words are overrides, as after --set.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--list", description = "Names all drills and what they do.")
    private boolean list;

    @Option(names = "--out", paramLabel = "DIR", description = "Where results go: a new or empty directory.")
    private @Nullable Path out;

    @Mixin
    private DrillOptions options = new DrillOptions();

    public DrillCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            Drills.ALL.forEach(drill -> console.out().printf(Locale.ROOT, "%-18s %s%n", drill.name(), drill.what()));
            return ExitCode.OK;
        }
        Overrides sorted = Overrides.of(words, options.overrides());
        if (sorted.others().size() > 1) {
            throw new InputException("drill", "plays one drill at a time, got " + sorted.others());
        }
        Drill drill =
                Drills.named(sorted.others().isEmpty() ? null : sorted.others().get(0));
        DrillSettings settings = options.of(drill, sorted.settings());
        Patience patience = options.patience();
        drill.require(settings);
        Path directory = RunDirectory.reserve(Path.of(""), "drill-" + drill.name(), Optional.ofNullable(out))
                .toAbsolutePath();
        return play(drill, settings, patience, directory);
    }

    private int play(Drill drill, DrillSettings settings, Patience patience, Path directory)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        console.out().println(drill.name() + ": " + drill.what());
        try (Stage stage = new Stage(settings, directory, patience, step -> say(start, step))) {
            Thread tidying = new Thread(stage::close, "starling-drill-end");
            Runtime.getRuntime().addShutdownHook(tidying);
            try {
                stage.say("first the run without any fault");
                stage.say("it ends with model root " + stage.undisturbed());
                drill.play(stage);
                drill.compare(stage);
                return ExitCode.OK;
            } finally {
                forget(tidying);
            }
        } catch (ProcessFailure e) {
            console.error(drill.name() + " failed: " + e.getMessage() + "; see " + directory);
            return ExitCode.FAILED;
        }
    }

    private static void forget(Thread tidying) {
        try {
            Runtime.getRuntime().removeShutdownHook(tidying);
        } catch (IllegalStateException e) {
            // It is at work: somebody has stopped this process.
        }
    }

    private void say(long start, String step) {
        console.out().printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - start) / 1e9, step);
        console.out().flush();
    }
}
