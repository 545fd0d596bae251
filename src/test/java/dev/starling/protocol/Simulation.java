package dev.starling.protocol;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.starling.metrics.RunOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** Runs worlds, one after the other, on one actor system without threads. */
public final class Simulation implements AutoCloseable {

    /** More events than any run takes that ever ends. */
    private static final int PATIENCE = 20_000;

    /** More of its own time than any run takes that ever ends. */
    private static final long PATIENCE_NANOS = 4 * 3_600_000_000_000L;

    private static final Config SYSTEM = ConfigFactory.parseString("""
            pekko {
              # As in conf/application.conf.
              fail-mixed-versions = off
              loglevel = OFF
              stdout-loglevel = OFF
              log-dead-letters = off
              log-dead-letters-during-shutdown = off
              jvm-shutdown-hooks = off
              daemonic = on
              actor.typed.default-mailbox.mailbox-type = "dev.starling.protocol.NodeMailbox"
              scheduler.implementation = "dev.starling.protocol.MachineScheduler"
              actor {
                provider = local
                default-mailbox.mailbox-type = "dev.starling.protocol.NodeMailbox"
                default-dispatcher { executor = "dev.starling.protocol.MachineThreads", throughput = 1 }
                internal-dispatcher { executor = "dev.starling.protocol.MachineThreads", throughput = 1 }
                default-blocking-io-dispatcher { executor = "dev.starling.protocol.MachineThreads", throughput = 1 }
              }
            }
            """).withFallback(ConfigFactory.defaultReference());

    /**
     * How a world ended.
     *
     * @param problem what was violated; empty if nothing was
     * @param hash of all that happened
     * @param events how much that was
     * @param seconds of its own time
     * @param sessions coordinators that there were, one after the other
     * @param counts how often what happened to nodes and on the way between them
     * @param story all that happened, as text, if asked for
     */
    record Ending(
            String problem,
            long hash,
            long events,
            double seconds,
            int sessions,
            Map<String, Integer> counts,
            List<String> story) {}

    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    private final ActorSystem<NodeRoot.Command> system;
    private final Machine machine;
    private final LoggedErrors errors = new LoggedErrors(this::logged);
    private int worlds;

    public Simulation() {
        this.system = ActorSystem.create(NodeRoot.create(), "protocol", SYSTEM);
        this.machine = ((MachineScheduler) Adapter.toClassic(system).scheduler()).machine();
        machine.take();
    }

    /** How {@code run} goes when nothing disturbs it. */
    public Expected undisturbed(SmallRun run) {
        Invariants invariants = new Invariants(run.synchronous(), null);
        Ending ending = in(run, Conditions.CALM, new SplittableRandom(0), invariants, true);
        RunOutcome outcome = invariants.outcome();
        if (!ending.problem().isEmpty() || outcome == null) {
            throw new IllegalStateException(
                    run.name() + " without any fault: " + ending.problem() + "\n" + String.join("\n", ending.story()));
        }
        return new Expected(outcome.modelRoot(), invariants.rounds(), outcome.devices());
    }

    /**
     * How {@code run} goes when {@code seed} draws the order of events and what goes wrong.
     *
     * @param written whether the story is wanted
     * @param changed what becomes of the conditions that are drawn
     */
    Ending disturbed(SmallRun run, Expected expected, long seed, boolean written, UnaryOperator<Conditions> changed) {
        SplittableRandom random = new SplittableRandom(seed);
        Conditions conditions = changed.apply(Conditions.drawn(random));
        return in(run, conditions, random, new Invariants(run.synchronous(), expected), written);
    }

    private Ending in(
            SmallRun run, Conditions conditions, SplittableRandom random, Invariants invariants, boolean written) {
        Trace trace = new Trace(written);
        Path directory = directory();
        World.Means means = new World.Means(machine, system, directory);
        World world = new World(means, run, conditions, random, trace, invariants);
        machine.host(world);
        try {
            play(world, new Faults(world, random, conditions), conditions, random, trace, invariants);
        } catch (RuntimeException e) {
            invariants.violated("the simulation failed: " + e);
        }
        double seconds = machine.nanos() / 1e9;
        world.end();
        machine.host(null);
        delete(directory);
        String violation = invariants.violation();
        return new Ending(
                violation == null ? "" : violation,
                trace.hash(),
                trace.events(),
                seconds,
                world.sessions().count(),
                trace.counts(),
                trace.lines());
    }

    private void play(
            World world,
            Faults faults,
            Conditions conditions,
            SplittableRandom random,
            Trace trace,
            Invariants invariants) {
        world.begin();
        while (!world.sessions().done() && invariants.violation() == null) {
            faults.draw();
            if (trace.events() > PATIENCE || machine.nanos() > PATIENCE_NANOS) {
                invariants.violated("the run never ends");
            } else if (!machine.step(random, conditions.slownessPerMille())) {
                invariants.violated("nothing happens any more");
            }
            if (!conditions.bothGoOn()) {
                invariants.coordinators(world.coordinators());
            }
        }
    }

    private void logged(String error) {
        World world = machine.world();
        if (world != null && !world.wires().over()) {
            world.failed(error);
        }
    }

    private Path directory() {
        try {
            return Files.createDirectory(files.getPath("/run-" + worlds++));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        system.terminate();
        machine.exhaust();
        errors.close();
        files.close();
    }
}
