package dev.starling.cli.drill;

import dev.starling.base.InputException;
import dev.starling.cli.processes.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a drill is to be played, as people say it. */
final class DrillOptions {

    private static final int MIN_NODES = 2;
    private static final int MAX_NODES = 5;
    private static final int USUAL_TIMES = 5;

    /** Seeds that are drawn here are short enough to be typed. */
    private static final int SEEDS = 1_000_000;

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

    @Option(
            names = "--pause",
            paramLabel = "SECONDS",
            description =
                    "How long what is stopped, cut off, slow or busy stays so. Default: 60, for busy-machine 120.")
    private @Nullable Integer pause;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long is waited for anything that must happen. Default: ${DEFAULT-VALUE}.")
    private int patience = 300;

    @Option(names = "--store", paramLabel = "URL", description = "The database of the drill database-away.")
    private @Nullable String store;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "JVMs of the run, 2 to 5, its own process among them. For drills that can choose.")
    private @Nullable Integer nodes;

    @Option(names = "--times", paramLabel = "N", description = "How many runs random-kills upsets. Default: 5.")
    private @Nullable Integer times;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description =
                    "What random-kills draws victims and moments from. Default: another each time; it is printed.")
    private @Nullable Long seed;

    @Option(
            names = "--from",
            paramLabel = "K",
            description = "The first run of random-kills, to see one again without those before it. Default: 1.")
    private @Nullable Integer from;

    Patience patience() {
        atLeast(1, patience, "--patience");
        return new Patience(Duration.ofSeconds(patience));
    }

    /** As given after {@code --set}. */
    List<String> overrides() {
        return overrides;
    }

    /** Checked; {@code settings} are the scenario's overrides. */
    DrillSettings of(Drill drill, List<String> settings) {
        Duration lasts = pause == null ? drill.usualPause() : Duration.ofSeconds(atLeast(0, pause, "--pause"));
        List<String> all = new ArrayList<>(drill.overrides());
        if (scenario == null) {
            drill.rounds().ifPresent(rounds -> all.add("rounds.max=" + rounds));
        }
        all.addAll(settings);
        Path file = scenario == null
                ? Path.of(System.getProperty("starling.home", "")).resolve("simulations/drill.conf")
                : scenario;
        return new DrillSettings(file, all, lasts, Optional.ofNullable(store), nodes(drill), series(drill));
    }

    private int nodes(Drill drill) {
        if (nodes == null) {
            return drill.nodes().orElse(1);
        }
        if (drill.nodes().isEmpty()) {
            throw new InputException(
                    "--nodes",
                    "is for " + Drills.names(one -> one.nodes().isPresent()) + "; leave it out for " + drill.name());
        }
        if (nodes < MIN_NODES || nodes > MAX_NODES) {
            throw new InputException("--nodes", "must be " + MIN_NODES + " to " + MAX_NODES + ", got " + nodes);
        }
        return nodes;
    }

    private DrillSettings.Series series(Drill drill) {
        if (!drill.repeated() && (times != null || seed != null || from != null)) {
            String option = times != null ? "--times" : seed != null ? "--seed" : "--from";
            throw new InputException(
                    option, "is for " + Drills.names(Drill::repeated) + "; leave it out for " + drill.name());
        }
        return new DrillSettings.Series(
                atLeast(1, times == null ? USUAL_TIMES : times, "--times"),
                seed == null ? new SplittableRandom().nextInt(SEEDS) : seed,
                atLeast(1, from == null ? 1 : from, "--from"));
    }

    private static int atLeast(int least, int value, String option) {
        if (value < least) {
            throw new InputException(option, "must be at least " + least + ", got " + value);
        }
        return value;
    }
}
