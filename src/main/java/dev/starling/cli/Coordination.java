package dev.starling.cli;

import dev.starling.base.Seeds;
import dev.starling.base.Software;
import dev.starling.cluster.Node;
import dev.starling.coordinator.Continuation;
import dev.starling.coordinator.Journal;
import dev.starling.coordinator.RunContext;
import dev.starling.coordinator.RunIdentity;
import dev.starling.coordinator.SavePace;
import dev.starling.data.RawData;
import dev.starling.device.RunSpec;
import dev.starling.fleet.Tiers;
import dev.starling.metrics.DevicesBean;
import dev.starling.metrics.JmxBean;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.scenario.PhaseSettings;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import dev.starling.store.BaseArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A run that this process coordinates, with its files open: they are let go when it is closed. */
final class Coordination implements AutoCloseable {

    /** Bases that personal models start from are as many as devices, or rounds: beyond this a finished run lets go of them. */
    private static final long MOST_ARCHIVED_BYTES = 1L << 30;

    private final Journal journal;
    private final RunContext context;
    private final JmxBean devices;

    private Coordination(Journal journal, RunContext context, JmxBean devices) {
        this.journal = journal;
        this.context = context;
        this.devices = devices;
    }

    /** Begins the run of {@code request} on {@code node}, or takes it up again; InputException if that cannot be. */
    static Coordination of(
            RunRequest request, Node node, RawData data, SavePace pace, RunControl control, RunListener listener) {
        Scenario scenario = request.scenario();
        Journal journal = journal(request, data, pace);
        String run = journal.identity().session();
        RunSpec spec =
                new RunSpec(run, Software.VERSION, scenario.text(), data.files(), data.fitFeaturizer(), place(request));
        node.hosts().offerData(run, data);
        RunContext context = new RunContext(
                spec,
                scenario,
                node.hosts(),
                request.cluster() ? Math.max(1, node.deviceNodes()) : request.nodes(),
                request.node().threads(),
                node.devices(),
                node::shardOf,
                node.members(),
                new BaseArchive(request.directory().resolve("model").resolve("versions")),
                journal,
                node.trainingThreads(),
                System::nanoTime,
                control,
                listener,
                new CompletableFuture<>());
        DevicesBean devices = new DevicesBean(
                scenario.fleet().devices(),
                device -> node.inspect(run, device).toCompletableFuture().join(),
                (device, example) ->
                        node.predict(run, device, example).toCompletableFuture().join());
        return new Coordination(journal, context, JmxBean.register("Devices", devices));
    }

    private static Journal journal(RunRequest request, RawData data, SavePace pace) {
        Scenario scenario = request.scenario();
        if (request.resume()) {
            RunIdentity identity = RunIdentity.read(request.directory());
            Resumption.requireSameData(request.directory(), identity.files(), data.files());
            return Resumption.changes(request.directory(), scenario).isEmpty()
                    ? Journal.resume(request.directory(), identity.again(), pace)
                    : goesOn(request, identity, pace);
        }
        String run = scenario.name() + "-" + Long.toString(System.currentTimeMillis(), 36);
        return Journal.begin(
                request.directory(), new RunIdentity(run, Software.VERSION, scenario.text(), data.files(), 0), pace);
    }

    /**
     * With other limits. Killed at any moment it is the run of before or the one that goes on: who finds no summary resumes it,
     * and with the limits of its scenario.conf.
     */
    private static Journal goesOn(RunRequest request, RunIdentity identity, SavePace pace) {
        Scenario scenario = request.scenario();
        Path directory = request.directory();
        PhaseSettings before = ScenarioReader.parse(identity.scenario(), directory + ": scenario")
                .phases();
        boolean lastMerges = Tiers.of(scenario.fleet(), scenario.rounds(), new Seeds(scenario.seed()))
                .lastMerges();
        Continuation limits = new Continuation(before, scenario.phases(), lastMerges);
        return Journal.resume(directory, identity.again(scenario.text()), pace, Optional.of(limits), () -> {
            try {
                Files.deleteIfExists(directory.resolve("summary.json"));
                Resumption.write(directory, scenario.text());
            } catch (IOException e) {
                throw new UncheckedIOException("could not go on in " + directory + ": " + e, e);
            }
        });
    }

    /** Where versions are kept: each node opens the store by itself. */
    private static String place(RunRequest request) {
        Path file = request.directory().resolve("store").toAbsolutePath();
        return request.scenario().keeping().url().orElse(file.toString());
    }

    private long archived(RunOutcome outcome) {
        return context.archive().versions().size()
                * BaseArchive.encodedBytes(outcome.base().layout());
    }

    RunContext context() {
        return context;
    }

    /** What the run ended with; one that is done is only taken up again to be given more rounds. */
    RunOutcome ended(RunOutcome outcome) {
        if (outcome.phase() == Phase.DONE) {
            boolean mayGoOn = context.scenario().personal().sessions() == 0
                    && context.scenario().personal().update().isEmpty()
                    && archived(outcome) <= MOST_ARCHIVED_BYTES;
            if (!mayGoOn) {
                context.archive().retainOnly(Set.of());
            }
            journal.finish(mayGoOn);
        }
        return outcome;
    }

    @Override
    public void close() {
        devices.close();
        journal.close();
    }
}
