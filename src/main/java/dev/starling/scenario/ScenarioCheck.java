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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Everything that can be known about a scenario before it runs: its settings, and whether they fit the files that it
 * names and the shapes of the data. As little of the files is read as will do.
 */
public final class ScenarioCheck {

    private final Scenario scenario;
    private final SettingPlaces places;
    private final List<Problem> problems = new ArrayList<>();

    private ScenarioCheck(Scenario scenario, SettingPlaces places) {
        this.scenario = scenario;
        this.places = places;
    }

    /** As {@link ScenarioReader#read}, and looks into the files too; {@link InputException} with every problem. */
    public static Scenario read(Path file, List<String> overrides, OptionalLong seed) {
        Config config = ScenarioReader.config(file, overrides, seed);
        Scenario scenario = ScenarioReader.scenario(config, file.toString());
        ScenarioCheck check = new ScenarioCheck(scenario, new SettingPlaces(config, file.toString()));
        check.run();
        if (!check.problems.isEmpty()) {
            throw new InputException(check.problems);
        }
        return scenario;
    }

    /** What was done to the data of {@code scenario} as it was read; empty if nothing was. */
    public static List<String> remarks(Scenario scenario) {
        boolean mayLeaveOut =
                scenario.data().source() instanceof Csv csv && !csv.missing().equals(MissingValues.REFUSED);
        return mayLeaveOut ? DataLoader.outline(scenario.data()).notes().remarks() : List.of();
    }

    /** The model that {@code scenario} trains, in the shapes that its data gives it. */
    public static Architecture architecture(Scenario scenario) {
        DataShape shape = DataLoader.shape(scenario.data());
        return Architecture.of(scenario.model(), shape.input(), shape.outputs());
    }

    private void run() {
        attempt(() -> DataLoader.outline(scenario.data())).ifPresent(data -> {
            DataShape shape = data.shape();
            problems.addAll(ShapeRules.embeddingProblems(scenario, data, places));
            problems.addAll(ShapeRules.problems(scenario, shape, places));
            Optional<Architecture> model = architecture(shape);
            model.ifPresent(known -> problems.addAll(
                    ShapeRules.groupProblems(scenario, known.layout().count(), places)));
            scenario.initialModel()
                    .ifPresent(file ->
                            model.ifPresent(known -> attempt(() -> InitialModel.read(file, known.layout()))));
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

    private <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (InputException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }
}
