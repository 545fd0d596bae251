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
final class Sessions {

    /** A coordinator, and what it was given; it tells of its run. */
    private final class Session implements RunListener {

        private final Place place;
        private final String name;
        private final Journal journal;
        private final RunControl control = new RunControl();
        private final CompletableFuture<RunOutcome> outcome = new CompletableFuture<>();
        private boolean released;

        Session(Place place, Journal journal) {
            this.place = place;
            this.name = journal.identity().session();
            this.journal = journal;
        }

        /** Its process closes its files, and gives up the lock of the run's directory. */
        void release() {
            journal.close();
            released = true;
        }

        /** Whether nobody else may write into the run's directory: its process has the lock. */
        boolean isAlone() {
            return !released && place.lives();
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
            world.note(world.isCut() ? "commit-cut" : "commit", name, "round " + round.round());
            invariants.committed(name, round);
        }

        @Override
        public void finished(RunOutcome ended) {
            world.note("finish", name, ended.phase().name());
            if (ended.phase() == Phase.DONE) {
                done = true;
                invariants.finished(ended);
            } else if (ended.phase() == Phase.STOPPED) {
                current = null;
                world.stopped();
            } else {
                invariants.violated("the run failed: " + ended.failure());
            }
        }
    }

    private final World world;
    private final SmallRun run;
    private final Path directory;
    private final Conditions conditions;
    private final Invariants invariants;
    private final List<Journal> journals = new ArrayList<>();
    private @Nullable Session current;
    private boolean done;
    private Phase phase = Phase.STARTING;

    Sessions(World world, SmallRun run, Path directory, Conditions conditions, Invariants invariants) {
        this.world = world;
        this.run = run;
        this.directory = directory;
        this.conditions = conditions;
        this.invariants = invariants;
    }

    /** Starts a coordinator on {@code place}, with at least {@code nodes} nodes. */
    void start(Place place, int nodes) {
        SavePace pace = new SavePace(conditions.savingShare(), world::nanos);
        Journal journal = RunIdentity.isIn(directory)
                ? Journal.resume(directory, RunIdentity.read(directory).again(), pace)
                : begin(pace);
        journals.add(journal);
        Session next = new Session(place, journal);
        RunSpec spec = new RunSpec(next.name, Software.VERSION, run.scenario().text(), List.of(), run.featurizer());
        current = next;
        var unused = next.outcome.whenComplete((outcome, failure) -> world.soon(next::release));
        invariants.begins(next.name);
        RunContext context = new RunContext(
                spec,
                run.scenario(),
                place.hosts(),
                nodes,
                1,
                world.devices(place),
                Shards::shardOf,
                world.membership().seenFrom(place),
                new BaseArchive(directory.resolve("model").resolve("versions")),
                journal,
                world.threads(),
                world::nanos,
                next.control,
                next,
                next.outcome);
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
        return current == null ? null : current.place;
    }

    /** The node of the coordinator was taken out of the cluster: another is wanted when it cannot write any more. */
    void lost() {
        if (current != null && (conditions.bothGoOn() || !current.isAlone())) {
            current = null;
        }
    }

    Phase phase() {
        return phase;
    }

    @Nullable
    RunControl control() {
        return current == null ? null : current.control;
    }

    /** Whether the run is done. One that somebody stopped is not: it is to be taken up again. */
    boolean done() {
        return done;
    }

    /** Whether the run was stopped, and nobody has taken it up again yet. */
    boolean stopped() {
        return current == null && phase == Phase.STOPPED;
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
