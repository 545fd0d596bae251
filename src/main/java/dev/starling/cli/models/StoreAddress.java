package dev.starling.cli.models;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.starling.base.InputException;
import dev.starling.scenario.ScenarioReader;
import dev.starling.store.sql.StoreSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a store is, as people give it: a run's directory, a directory with a store in it, or a JDBC URL.
 *
 * @param results the run's directory, if the store was found through it
 */
record StoreAddress(StoreSettings settings, Optional<Path> results) {

    static final String SCENARIO = "scenario.conf";
    private static final String FOLDER = "store";
    private static final String USUAL_USER = "starling";

    /**
     * @param user empty: what the run's scenario says
     * @throws InputException if there is no store, or not there
     */
    static StoreAddress of(String text, Optional<String> user, String password) {
        if (text.startsWith("jdbc:")) {
            return new StoreAddress(
                    StoreSettings.url(text, user.orElse(USUAL_USER), password).existing(), Optional.empty());
        }
        Path directory = path(text);
        if (StoreSettings.isIn(directory)) {
            Optional<Path> above = Optional.ofNullable(
                            directory.toAbsolutePath().normalize().getParent())
                    .filter(parent -> directory.endsWith(FOLDER) && hasScenario(parent));
            return new StoreAddress(StoreSettings.directory(directory).existing(), above);
        }
        Optional<Path> results = hasScenario(directory) ? Optional.of(directory) : Optional.empty();
        Path inner = directory.resolve(FOLDER);
        if (StoreSettings.isIn(inner)) {
            return new StoreAddress(StoreSettings.directory(inner).existing(), results);
        }
        if (!Files.isDirectory(directory)) {
            throw new InputException(text, "must be a run's directory, a model store's directory, or a JDBC URL");
        }
        Config scenario = results.map(StoreAddress::scenario).orElseGet(ConfigFactory::empty);
        if (text(scenario, "store.url").isEmpty()) {
            throw new InputException(
                    text,
                    results.isPresent()
                            ? "this run kept no models; keep them with --set store.policy=auto"
                            : "there is no model store here, nor in " + FOLDER + "/ within it");
        }
        String connecting = user.or(() -> text(scenario, "store.user")).orElse(USUAL_USER);
        StoreSettings settings = StoreSettings.url(text(scenario, "store.url").orElseThrow(), connecting, password);
        return new StoreAddress(settings.existing(), results);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InputException(text, "must be a directory or a JDBC URL");
        }
    }

    static boolean hasScenario(Path directory) {
        return Files.isRegularFile(directory.resolve(SCENARIO));
    }

    private static Config scenario(Path results) {
        return ScenarioReader.settings(results.resolve(SCENARIO));
    }

    private static Optional<String> text(Config scenario, String key) {
        return scenario.hasPath(key) ? Optional.of(scenario.getString(key)) : Optional.empty();
    }
}
