package dev.starling.device;

import dev.starling.algorithm.Algorithms;
import dev.starling.model.Architecture;
import dev.starling.model.PersonalTensors;
import dev.starling.scenario.KeepingSettings;
import dev.starling.scenario.Scenario;
import dev.starling.store.CostModel;
import dev.starling.store.Rates;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.QueuedWriter;
import dev.starling.store.sql.StoreSettings;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Opens the store of a run on one node.
 *
 * @param password of stores that have one
 * @param nanoTime wall time, only for measuring how fast the store is
 * @param pace the time that a writer goes by while a store is away
 * @param blocking where waiting for a store does no harm
 */
public record KeeperFactory(String password, LongSupplier nanoTime, QueuedWriter.Pace pace, Executor blocking) {

    /** Versions that wait for a store that is away, before training waits too. */
    private static final long QUEUE = 20_000;

    /** Where a run keeps its versions. */
    static StoreSettings settings(String place, KeepingSettings keeping, String password) {
        return StoreSettings.of(place, keeping.user(), password);
    }

    /** Empty if the scenario keeps nothing; InputException if the store cannot be used. */
    Optional<VersionKeeper> open(RunSpec spec, Scenario scenario, Architecture whole, Architecture personal) {
        KeepingSettings keeping = scenario.keeping();
        if (keeping.policy().isEmpty() || spec.store().isEmpty()) {
            return Optional.empty();
        }
        ModelStore store = ModelStore.open(settings(spec.store(), keeping, password));
        ModelPipelines pipelines = new ModelPipelines(
                spec,
                scenario,
                whole,
                personal,
                Algorithms.of(scenario.algorithm()).local(scenario.local()));
        VersionForms forms = new VersionForms(
                keeping.policy().get(),
                new CostModel(keeping.policy().get(), rates()),
                pipelines,
                new PersonalTensors(whole.layout()).any());
        QueuedWriter writer = new QueuedWriter(store::write, pace, QUEUE, work -> {
            Thread thread = new Thread(work, "starling-store-" + spec.run());
            thread.setDaemon(true);
            return thread;
        });
        return Optional.of(new VersionKeeper(spec.keptAs(), forms, writer, store, blocking));
    }

    private static Rates rates() {
        return new Rates(60e6, 3e-4, 110e6, 300e6, 1e6);
    }
}
