package dev.starling.device;

import dev.starling.algorithm.Algorithms;
import dev.starling.model.Architecture;
import dev.starling.model.PersonalTensors;
import dev.starling.scenario.KeepingSettings;
import dev.starling.scenario.Scenario;
import dev.starling.store.CostModel;
import dev.starling.store.Rates;
import dev.starling.store.Replayer;
import dev.starling.store.StoragePolicy;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.QueuedWriter;
import dev.starling.store.sql.StoreSettings;
import dev.starling.store.sql.WriteBatch;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
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

    /** Versions, and bytes of their values, that wait for a store that is away, before training waits too. */
    private static final long QUEUE = 20_000;

    private static final long QUEUE_BYTES = 512L << 20;

    /** Versions, and bytes of their values, that are written in one transaction. */
    private static final long AT_ONCE = 1_000;

    private static final long AT_ONCE_BYTES = 64L << 20;

    /** Where a policy prefers one form whatever it costs, rates only tell how long a recovery takes, about. */
    private static final Rates ASSUMED = new Rates(60e6, 3e-4, 110e6, 300e6, 1e6);

    /** What a keeper asks of its node's host. */
    interface Hosting extends RateProbe.Trial, Replayer {
        /** What devices give away of their data, if the scenario has them consent to that. */
        Optional<GivenExamples> given();
    }

    /** Where a run keeps its versions. */
    static StoreSettings settings(String place, KeepingSettings keeping, String password) {
        return StoreSettings.of(place, keeping.user(), password);
    }

    /** Empty if the scenario keeps nothing; InputException if the store cannot be used. */
    Optional<VersionKeeper> open(
            RunSpec spec, Scenario scenario, Architecture whole, Architecture personal, Hosting host) {
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
        StoragePolicy policy = keeping.policy().get();
        boolean measuring = keeping.rates().isEmpty() && policy.mode() == StoragePolicy.Mode.AUTO;
        Rates rates = measuring
                ? RateProbe.measure(store, host, nanoTime)
                : keeping.rates().orElse(ASSUMED);
        String from = measuring ? "measured" : keeping.rates().isPresent() ? "given" : "assumed";
        KeptLedger ledger = new KeptLedger(rates, from);
        VersionForms forms = new VersionForms(
                policy,
                new CostModel(policy, rates),
                pipelines,
                new PersonalTensors(whole.layout()).any(),
                host.given());
        long bytes = whole.layout().bytes();
        Consumer<WriteBatch> timed = batch -> {
            long start = nanoTime.getAsLong();
            store.write(batch);
            ledger.wrote((nanoTime.getAsLong() - start) / 1e9);
        };
        QueuedWriter writer = new QueuedWriter(timed, pace, bounded(QUEUE, QUEUE_BYTES / bytes), work -> {
            Thread thread = new Thread(work, "starling-store-" + spec.run());
            thread.setDaemon(true);
            return thread;
        });
        return Optional.of(new VersionKeeper(
                spec.keptAs(),
                forms,
                ledger,
                new VersionKeeper.Means(
                        store,
                        writer,
                        (int) bounded(AT_ONCE, AT_ONCE_BYTES / bytes),
                        host,
                        blocking,
                        pace::nowMillis,
                        nanoTime)));
    }

    private static long bounded(long most, long fitting) {
        return Math.max(1, Math.min(most, fitting));
    }
}
