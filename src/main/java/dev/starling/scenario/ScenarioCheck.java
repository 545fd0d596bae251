package dev.starling.scenario;

import com.typesafe.config.Config;
import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.data.CapacityFile;
import dev.starling.data.CohortFile;
import dev.starling.data.DataLoader;
import dev.starling.data.DataSettings.Csv;
import dev.starling.data.DataShape;
import dev.starling.data.InitialModel;
import dev.starling.data.MissingValues;
import dev.starling.data.TraceFile;
import dev.starling.fleet.AvailabilitySettings;
import dev.starling.fleet.life.TracedLife;
import dev.starling.model.Architecture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Everything that can be known about a scenario before it runs: its settings, and whether they fit the files that it
 * names and the shapes of the data. As little of the files is read as will do.
 */
public final class ScenarioCheck {

    private final Scenario scenario;
    private final SettingPlaces places;
    /** In the order in which they are found: shapes and values may have the same problem. */
    private final Set<Problem> problems = new LinkedHashSet<>();

    private ScenarioCheck(Scenario scenario, SettingPlaces places) {
        this.scenario = scenario;
        this.places = places;
    }

    /** As {@link ScenarioReader#read}, and looks into the files too; {@link InputException} with every problem. */
    public static Scenario read(Path file, List<String> overrides, OptionalLong seed) {
        return read(file, overrides, seed, 0);
    }

    /**
     * As {@link #read(Path, List, OptionalLong)}, and reads the data whole and splits it over the fleet, as a run does
     * next, where it takes at most {@code mostBytes}: then what is wrong with single values and with the split is among
     * the problems.
     */
    public static Scenario read(Path file, List<String> overrides, OptionalLong seed, long mostBytes) {
        Config config = ScenarioReader.config(file, overrides, seed);
        Scenario scenario = ScenarioReader.scenario(config, file.toString());
        ScenarioCheck check = new ScenarioCheck(scenario, new SettingPlaces(config, file.toString()));
        check.run(mostBytes);
        if (!check.problems.isEmpty()) {
            throw new InputException(List.copyOf(check.problems));
        }
        return scenario;
    }

    /** What was done to the data as it was read, and what in it may be meant otherwise than understood, a line each. */
    public static List<String> remarks(Scenario scenario) {
        List<String> remarks = new ArrayList<>(DataLoader.remarks(scenario.data()));
        if (scenario.data().source() instanceof Csv csv && !csv.missing().equals(MissingValues.REFUSED)) {
            remarks.addAll(DataLoader.outline(scenario.data()).notes().remarks());
        }
        return remarks;
    }

    /** Bytes that the data of {@code scenario} takes when it is read whole, about. */
    public static long dataBytes(Scenario scenario) {
        return DataLoader.bytes(scenario.data(), scenario.fleet().devices());
    }

    /** The model that {@code scenario} trains, in the shapes that its data gives it. */
    public static Architecture architecture(Scenario scenario) {
        DataShape shape = DataLoader.shape(scenario.data());
        return Architecture.of(scenario.model(), shape.input(), shape.outputs());
    }

    private void run(long mostBytes) {
        attempt(() -> DataLoader.outline(scenario.data())).ifPresent(data -> {
            DataShape shape = data.shape();
            problems.addAll(ShapeRules.embeddingProblems(scenario, data, places));
            problems.addAll(ShapeRules.problems(scenario, shape, places));
            Optional<Architecture> model = architecture(shape);
            model.ifPresent(layers -> {
                problems.addAll(ShapeRules.modelProblems(scenario, layers, places));
                problems.addAll(
                        ShapeRules.groupProblems(scenario, layers.layout().count(), places));
            });
            scenario.initialModel()
                    .ifPresent(file ->
                            model.ifPresent(layers -> attempt(() -> InitialModel.read(file, layers.layout()))));
            if (mostBytes > 0 && model.isPresent() && dataBytes(scenario) <= mostBytes) {
                attempt(() -> placed(() -> ScenarioData.load(scenario)));
            }
        });
        scenario.fleet().capacities().ifPresent(table -> attempt(() -> CapacityFile.read(table.file())));
        if (scenario.fleet().life().availability() instanceof AvailabilitySettings.Traced traced) {
            attempt(() -> new TracedLife(
                    TraceFile.read(traced.file()), scenario.fleet().start()));
        }
        scenario.rounds()
                .cohorts()
                .flatMap(file ->
                        attempt(() -> CohortFile.read(file, scenario.fleet().devices())))
                .ifPresent(cohorts -> problems.addAll(
                        ShapeRules.cohortProblems(scenario, cohorts.rounds(), cohorts.cohort(), places)));
    }

    /** Misfits are named by layer: with its line if the layer stands in the scenario. */
    private Optional<Architecture> architecture(DataShape shape) {
        try {
            return Optional.of(Architecture.of(scenario.model(), shape.input(), shape.outputs()));
        } catch (InputException misfit) {
            for (Problem problem : misfit.problems()) {
                boolean listed = places.isGiven("model.layers");
                String layer = listed
                        ? problem.place()
                        : problem.place().replaceFirst("^model\\.layers\\[(\\d+)]", "model.network: its layer $1");
                String place = places.apply(listed ? problem.place() : "model.network");
                problems.add(new Problem(place, layer + ": " + problem.message()));
            }
            return Optional.empty();
        }
    }

    /** What is wrong between settings and data has no place in a file of data: the setting that it names first has one. */
    private <T> T placed(Supplier<T> step) {
        try {
            return step.get();
        } catch (InputException e) {
            throw new InputException(e.problems().stream()
                    .map(problem -> problem.place().isEmpty()
                            ? new Problem(places.apply(problem.message().split(" ", 2)[0]), problem.message())
                            : problem)
                    .toList());
        }
    }

    private <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (InputException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }
}
