package dev.starling.cli.models;

import dev.starling.base.InputException;
import dev.starling.cli.ReplayerSource;
import dev.starling.coordinator.RunIdentity;
import dev.starling.store.sql.ModelStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which store, and which of its runs: what all commands take. */
public final class StoreOptions {

    private static final int LISTED = 10;

    @Parameters(
            index = "0",
            paramLabel = "STORE",
            description = "A run's directory, a directory with a store in it, or a JDBC URL.")
    private String store = "";

    @Option(names = "--run", paramLabel = "NAME", description = "Which run, where the store holds several.")
    private @Nullable String run;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Who connects to a database; the password is read from STARLING_STORE_PASSWORD.")
    private @Nullable String user;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "The run's directory, where STORE is none: for its scenario.conf.")
    private @Nullable Path results;

    /** What was given as STORE. */
    String place() {
        return store;
    }

    /** Opens the store for a command that looks at one run. */
    OpenStore open(ReplayerSource replayers) {
        return open(replayers, true);
    }

    /** Opens the store for a command that looks at all of it. */
    OpenStore openWhole(ReplayerSource replayers) {
        return open(replayers, false);
    }

    private OpenStore open(ReplayerSource replayers, boolean oneRun) {
        if (results != null && !StoreAddress.hasScenario(results)) {
            throw new InputException(
                    "--results",
                    "must be a run's directory, got " + results + ", which has no " + StoreAddress.SCENARIO);
        }
        String password =
                Optional.ofNullable(System.getenv("STARLING_STORE_PASSWORD")).orElse("");
        StoreAddress address = StoreAddress.of(store, Optional.ofNullable(user), password);
        ModelStore opened = ModelStore.open(address.settings());
        try {
            List<String> runs = opened.runs();
            String chosen = oneRun ? choose(runs, address.results()) : runs.size() == 1 ? runs.get(0) : "";
            return new OpenStore(opened, chosen, results(address, chosen, runs), replayers);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private String choose(List<String> runs, Optional<Path> directory) {
        if (run != null) {
            if (!runs.contains(run)) {
                throw new InputException("--run", "must be one of " + listed(runs) + ", got " + run);
            }
            return run;
        }
        if (runs.isEmpty()) {
            throw new InputException(store, "this model store is empty");
        }
        // A database that several runs share, seen from one of them.
        Optional<String> own = directory.map(StoreOptions::runOf).filter(runs::contains);
        if (own.isEmpty() && runs.size() > 1) {
            throw new InputException(store, "holds several runs; choose one with --run: " + listed(runs));
        }
        return own.orElseGet(() -> runs.get(0));
    }

    /** A directory that was renamed is still the run's if there is no other run. */
    private Optional<Path> results(StoreAddress address, String chosen, List<String> runs) {
        return results != null
                ? Optional.of(results)
                : address.results()
                        .filter(found -> runs.size() == 1 || runOf(found).equals(chosen));
    }

    /** Under which name the run in {@code directory} keeps its versions: the directory may be called anything. */
    private static String runOf(Path directory) {
        if (RunIdentity.isIn(directory)) {
            return RunIdentity.read(directory).run();
        }
        return String.valueOf(directory.toAbsolutePath().normalize().getFileName());
    }

    private static String listed(List<String> runs) {
        String first = String.join(", ", runs.subList(0, Math.min(LISTED, runs.size())));
        return runs.size() > LISTED ? first + " and " + (runs.size() - LISTED) + " more" : first;
    }
}
