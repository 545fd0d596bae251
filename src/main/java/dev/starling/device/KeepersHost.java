package dev.starling.device;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.data.view.DeviceViews;
import dev.starling.model.Architecture;
import dev.starling.model.Snapshot;
import dev.starling.scenario.Scenario;
import dev.starling.store.ModelRoot;
import dev.starling.store.Recipe;
import dev.starling.store.StoreException;
import dev.starling.store.VersionRecord;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What a {@link VersionKeeper} has its node's devices do: train a little for the clock, and execute recipes again. */
final class KeepersHost implements KeeperFactory.Hosting {

    /** One of these has examples, or training takes no time anyway. */
    private static final int TRIED = 1_000;

    /** Does the last work of a lineage for a device. */
    @FunctionalInterface
    interface Maker {
        PersonalModel make(int device, Lineage lineage, Map<Integer, BaseModel> bases);
    }

    private final Maker maker;
    private final Scenario scenario;
    private final DeviceViews views;
    private final Snapshot base;
    /** Numbers of models that are no base version: below those of bases, each used once. */
    private final AtomicInteger numbers = new AtomicInteger(-2);

    KeepersHost(Maker maker, Architecture architecture, Scenario scenario, DeviceViews views) {
        this.maker = maker;
        this.scenario = scenario;
        this.views = views;
        this.base = architecture.initial(
                scenario.model().initializer(), new Seeds(scenario.seed()).of(Purpose.INITIAL_MODEL));
    }

    @Override
    public Snapshot base() {
        return base;
    }

    @Override
    public Optional<GivenExamples> given() {
        return scenario.data().consent() ? Optional.of(new GivenExamples(views)) : Optional.empty();
    }

    @Override
    public PersonalModel train(int steps) {
        int device = IntStream.range(0, Math.min(TRIED, views.data().devices()))
                .filter(candidate -> views.data().trainingCount(candidate) > 0)
                .findFirst()
                .orElse(0);
        BaseModel start = start(base);
        // Where devices personalise, most versions are made so; a session may train the last layer only, which is
        // faster.
        Work.Task task = scenario.personal().any() ? Work.Task.PERSONAL : Work.Task.FEDERATED;
        return make(device, new Work(1, start.version(), steps, scenario.fleet().start(), task), start);
    }

    /** The device takes {@code reference} for the base that its work starts from, whether it is one or its own model. */
    @Override
    public Snapshot replay(VersionRecord version, Snapshot reference) {
        Recipe recipe = version.recipe()
                .orElseThrow(() -> new StoreException("version " + version.key() + " has no recipe to execute"));
        BaseModel start = start(reference);
        Work work = new Work(
                recipe.round(),
                start.version(),
                recipe.steps(),
                recipe.now(),
                Work.Task.valueOf(recipe.task().toUpperCase(Locale.ROOT)));
        return make(version.key().owner(), work, start).weights();
    }

    private BaseModel start(Snapshot weights) {
        return new BaseModel(numbers.getAndDecrement(), ModelRoot.of(weights), weights);
    }

    private PersonalModel make(int device, Work work, BaseModel start) {
        return maker.make(device, Lineage.of(work), Map.of(start.version(), start));
    }
}
