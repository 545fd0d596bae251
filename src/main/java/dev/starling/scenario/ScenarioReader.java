package dev.starling.scenario;

import com.typesafe.config.Config;
import dev.starling.algorithm.AlgorithmSettings;
import dev.starling.algorithm.Algorithms;
import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.data.AnswerSettings;
import dev.starling.data.DataSettings;
import dev.starling.fleet.FleetSettings;
import dev.starling.model.LocalSettings;
import dev.starling.model.ModelSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads scenarios: HOCON, on top of the defaults of {@code scenario-reference.conf}, where every setting is explained.
 * Either everything is right, or all problems are thrown at once.
 */
public final class ScenarioReader {

    private ScenarioReader() {}

    /**
     * Reads a scenario file.
     *
     * @param overrides {@code key=value} each, values as in the file; the last one for a key counts
     * @param seed replaces the scenario's seed
     * @throws InputException with every problem of the file and the overrides
     */
    public static Scenario read(Path file, List<String> overrides, OptionalLong seed) {
        return scenario(config(file, overrides, seed), file.toString());
    }

    /** What stands in {@code file}, for those who look for a single setting; neither checked nor resolved. */
    public static Config settings(Path file) {
        return HoconSource.file(file);
    }

    static Config config(Path file, List<String> overrides, OptionalLong seed) {
        return seeded(HoconSource.overridden(HoconSource.file(file), overrides), seed);
    }

    /**
     * Reads the {@link Scenario#text} of a scenario that was read elsewhere, or any other text.
     *
     * @param originName what messages name as the file
     * @throws InputException with every problem of the text
     */
    public static Scenario parse(String text, String originName) {
        return parse(text, originName, List.of());
    }

    /** As {@link #parse(String, String)}, with overrides: a node may keep its data in another directory. */
    public static Scenario parse(String text, String originName, List<String> overrides) {
        Config config = HoconSource.overridden(HoconSource.text(text, originName), overrides);
        return scenario(config, originName);
    }

    private static Config seeded(Config config, OptionalLong seed) {
        return seed.isPresent() ? HoconSource.overridden(config, List.of("seed=" + seed.getAsLong())) : config;
    }

    static Scenario scenario(Config config, String place) {
        Reading reading = new Reading(HoconSource.resolved(config, place), place);
        Scenario draft = draft(reading, nameOf(place));
        UnknownSettings.reject(reading);
        DataRules.check(draft, reading);
        TrainingRules.check(draft, reading);
        PersonalRules.check(draft, reading);
        FleetRules.check(draft, reading);
        List<Problem> problems = reading.problems();
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
        return draft.withText(ScenarioText.of(reading.used()));
    }

    /** All settings, some of them placeholders if they have problems. */
    static Scenario draft(Reading reading, String fallbackName) {
        Section root = reading.section("");
        String name = root.readOptional("name", Values.name()).orElse(fallbackName);
        reading.decide("name", name);
        DataReader data = new DataReader(reading);
        ModelReader model = new ModelReader(reading, data.directory());
        TrainingReader training = new TrainingReader(reading);
        FleetReader fleet = new FleetReader(reading, data.directory());
        DataSettings dataSettings = data.read();
        ModelSettings modelSettings = model.read(dataSettings);
        AlgorithmSettings algorithm = training.algorithm();
        FleetSettings fleetSettings = fleet.fleet();
        LocalSettings local = training.local(algorithm);
        return new Scenario(
                name,
                root.read("seed", Numbers.longNumber()),
                dataSettings.predicting(
                        modelSettings.loss().takesLabels() ? AnswerSettings.Kind.LABELS : AnswerSettings.Kind.NUMBERS),
                modelSettings,
                model.initialModel(),
                local,
                algorithm,
                fleetSettings,
                fleet.rounds(fleetSettings.devices(), Algorithms.of(algorithm).gradientOnly()),
                training.phases(modelSettings.loss()),
                new PersonalReader(reading).read(local),
                new KeepingReader(reading).read(),
                "");
    }

    /** The file's name without its ending, with what no directory should be called replaced by "-". */
    private static String nameOf(String file) {
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
                .replaceFirst("(?<=.)\\.[^.]*$", "")
                .replaceAll("[^A-Za-z0-9._-]", "-")
                .replaceFirst("^[^A-Za-z0-9]+", "");
        return name.isEmpty() ? "scenario" : name.substring(0, Math.min(name.length(), 60));
    }
}
