package dev.starling.device;

import dev.starling.base.SimTime;
import dev.starling.base.Software;
import dev.starling.data.DataFile;
import dev.starling.device.Work.Task;
import dev.starling.model.Architecture;
import dev.starling.model.LocalSettings;
import dev.starling.scenario.Scenario;
import dev.starling.store.Pipeline;
import dev.starling.store.PipelinePart;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What made the models of one run, apart from the data itself: one pipeline for each kind of work. */
final class ModelPipelines {

    private final SimTime start;
    private final Pipeline bases;
    private final Map<Task, Pipeline> works = new EnumMap<>(Task.class);

    ModelPipelines(
            RunSpec spec, Scenario scenario, Architecture whole, Architecture personal, LocalSettings federated) {
        this.start = scenario.fleet().start();
        this.bases = common(spec, scenario);
        for (Task task : Task.values()) {
            boolean own = task != Task.FEDERATED;
            Pipeline pipeline = bases.withLayers((own ? personal : whole).table())
                    .withRecipe(own ? scenario.personal().local() : federated)
                    .with(PipelinePart.RECIPE, "task", task.name().toLowerCase(Locale.ROOT))
                    .with(
                            PipelinePart.RECIPE,
                            "adopted-bits",
                            scenario.keeping().rounding());
            works.put(task, pipeline);
        }
    }

    private static Pipeline common(RunSpec spec, Scenario scenario) {
        Pipeline pipeline = Pipeline.EMPTY
                .with(PipelinePart.SEEDS, "seed", scenario.seed())
                .with(PipelinePart.CODE, "starling", Software.VERSION)
                .with(PipelinePart.DATA, "source", scenario.data().source().toString())
                .with(
                        PipelinePart.DATA,
                        "partition",
                        scenario.data().partition().toString())
                .with(
                        PipelinePart.FEATURIZER,
                        "columns",
                        spec.featurizer().columns().size());
        for (int i = 0; i < spec.featurizer().columns().size(); i++) {
            pipeline = pipeline.with(
                    PipelinePart.FEATURIZER,
                    String.format(Locale.ROOT, "column-%04d", i),
                    spec.featurizer().columns().get(i).toString());
        }
        for (DataFile file : spec.files()) {
            pipeline = pipeline.with(
                    PipelinePart.DATA, "file." + file.name().replaceAll("[^A-Za-z0-9._-]", "-"), file.sha256());
        }
        return pipeline;
    }

    /** When the run begins, in fleet time. */
    SimTime start() {
        return start;
    }

    Pipeline ofBases() {
        return bases;
    }

    Pipeline of(Task task) {
        return works.getOrDefault(task, ofBases());
    }
}
