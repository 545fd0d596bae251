package dev.starling.protocol;

import dev.starling.base.Software;
import dev.starling.coordinator.Coordinator;
import dev.starling.coordinator.Journal;
import dev.starling.coordinator.RunContext;
import dev.starling.coordinator.RunIdentity;
import dev.starling.coordinator.SavePace;
import dev.starling.device.RunSpec;
import dev.starling.metrics.Phase;
import dev.starling.metrics.Resumed;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.store.BaseArchive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The coordinators of one run, one after the other: each goes on from what the last one left on the disk. */
final class Sessions implements RunListener {

    /** The coordinator that there is, and what it was given. */
    private record Current(Place place, String name, RunControl control, CompletableFuture<RunOutcome> outcome) {}

    private final World world;
    private final SmallRun run;
    private final Path directory;
    private final double savingShare;
    private final Invariants invariants;
    private final List<Journal> journals = new ArrayList<>();
    private @Nullable Current current;
    private boolean done;
    private Phase phase = Phase.STARTING;

    /** @param savingShare see {@link SavePace} */
    Sessions(World world, SmallRun run, Path directory, double savingShare, Invariants invariants) {
        this.world = world;
        this.run = run;
        this.directory = directory;
        this.savingShare = savingShare;
        this.invariants = invariants;
    }

    /** Starts a coordinator on {@code place}, with at least {@code nodes} nodes. */
    void start(Place place, int nodes) {
        SavePace pace = new SavePace(savingShare, world::nanos);
        Journal journal = RunIdentity.isIn(directory)
                ? Journal.resume(directory, RunIdentity.read(directory).again(), pace)
                : begin(pace);
        journals.add(journal);
        String name = journal.identity().session();
        RunSpec spec = new RunSpec(name, Software.VERSION, run.scenario().text(), List.of(), run.featurizer());
        Current next = new Current(place, name, new RunControl(), new CompletableFuture<>());
        current = next;
        invariants.begins(name);
        RunContext context = new RunContext(
                spec,
                run.scenario(),
                place.hosts(),
                nodes,
                1,
                world.devices(place),
                world.members(),
                new BaseArchive(directory.resolve("model").resolve("versions")),
                journal,
                world.threads(),
                world::nanos,
                next.control(),
                this,
                next.outcome());
        place.root()
                .tell(new NodeRoot.Spawn<>("coordinator-" + journals.size(), Coordinator.create(context), ref -> {}));
    }

    private Journal begin(SavePace pace) {
        return Journal.begin(
                directory,
                new RunIdentity("run", Software.VERSION, run.scenario().text(), List.of(), 0),
                pace);
    }

    /** Where the coordinator is, or was when it died; null if none is wanted. */
    @Nullable
    Place place() {
        return current == null ? null : current.place();
    }

    /** The node of the coordinator was taken out of the cluster. */
    void lost() {
        current = null;
    }

    Phase phase() {
        return phase;
    }

    @Nullable
    RunControl control() {
        return current == null ? null : current.control();
    }

    /** Whether the run is done. One that somebody stopped is not: it is to be taken up again. */
    boolean done() {
        return done;
    }

    /** Whether the run was stopped, and nobody has taken it up again yet. */
    boolean stopped() {
        return current == null && phase == Phase.STOPPED;
    }

    @Override
    public void started(RunInfo info) {}

    @Override
    public void resumed(Resumed resumed) {
        invariants.resumed(resumed.rounds());
    }

    @Override
    public void phase(Phase next) {
        phase = next;
    }

    @Override
    public void progress(int round, int reported, int expected) {}

    @Override
    public void roundCommitted(RoundRecord round) {
        world.note("commit", "run", "round " + round.round());
        invariants.committed(round);
    }

    @Override
    public void finished(RunOutcome outcome) {
        world.note("finish", "run", outcome.phase().name());
        if (outcome.phase() == Phase.DONE) {
            done = true;
            invariants.finished(outcome);
        } else if (outcome.phase() == Phase.STOPPED) {
            current = null;
            world.stopped();
        } else {
            invariants.violated("the run failed: " + outcome.failure());
        }
    }

    /** A run that was stopped is wanted again. */
    void takeUp() {
        if (stopped()) {
            phase = Phase.STARTING;
        }
    }

    /** How many there were so far. */
    int count() {
        return journals.size();
    }

    void close() {
        journals.forEach(Journal::close);
    }
}
