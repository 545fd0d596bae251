package dev.starling.cli;

import dev.starling.base.InputException;
import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.StoreSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The store that a command works on, and which of its runs. */
final class StoreArgument {

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
            defaultValue = "starling",
            description = "Who connects to a database; the password is read from STARLING_STORE_PASSWORD.")
    private String user = "starling";

    /** Opens it; throws InputException if there is no store. */
    ModelStore open() {
        if (store.startsWith("jdbc:")) {
            String password = Optional.ofNullable(System.getenv("STARLING_STORE_PASSWORD"))
                    .orElse("");
            return ModelStore.open(StoreSettings.url(store, user, password).existing());
        }
        Path directory = Path.of(store);
        Path inner = directory.resolve("store");
        return ModelStore.open(StoreSettings.directory(StoreSettings.isIn(inner) ? inner : directory)
                .existing());
    }

    /** The run that is meant; throws InputException unless there is exactly one. */
    String run(ModelStore opened) {
        List<String> runs = opened.runs();
        if (run != null) {
            if (!runs.contains(run)) {
                throw new InputException("--run", "must be one of " + String.join(", ", runs) + ", got " + run);
            }
            return run;
        }
        if (runs.size() != 1) {
            throw new InputException(
                    store,
                    runs.isEmpty()
                            ? "this model store is empty"
                            : "holds several runs; choose one with --run: " + String.join(", ", runs));
        }
        return runs.get(0);
    }

    /** The version that {@code text} means: {@code base@17}, {@code 42@17}, or {@code 42} for the latest of device 42. */
    static VersionRecord version(ModelStore opened, String run, String text) {
        Optional<VersionRecord> found;
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) <= VersionKey.MAX_OWNER) {
            found = opened.at(run, Integer.parseInt(text), VersionKey.MAX_SEQUENCE);
        } else {
            try {
                found = opened.find(run, VersionKey.parse(text));
            } catch (IllegalArgumentException e) {
                throw new InputException(
                        text, "must be base@<version>, <device>@<round> or a device (its latest version)");
            }
        }
        return found.orElseThrow(() -> new InputException(text, "run " + run + " has no such version"));
    }
}
