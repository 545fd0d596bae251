package dev.starling.coordinator;

import dev.starling.aggregate.Aggregator;
import dev.starling.aggregate.TransportThreads;
import dev.starling.base.InputException;
import dev.starling.base.StalledException;
import dev.starling.fleet.RoundPlan;
import dev.starling.metrics.DeviceRecord;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunControl.Wish;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a run: gathers nodes, publishes base versions, has rounds trained, commits them. Decides nothing itself:
 * {@link FederatedRun} does.
 *
 * <p>Starting (until enough nodes are ready) → first base (initialised, perhaps pre-trained) → per round: training
 * ({@link Round}) → updating (server optimizer, evaluation) → committed → perhaps saving ({@link Saving}); paused between
 * rounds if asked → surveying devices → finished. Stop ends it at any point with what is committed, and saves that; a
 * node that refuses while starting fails it. A run that is taken up again starts with its earlier rounds committed.
 */
public final class Coordinator extends AbstractBehavior<Coordinator.Command> {

    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Whoever stops a run gives it a minute, see the command line. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    public sealed interface Command {}

    private record Node(NodeRoster.Event event) implements Command {}

    private record FromNode(Aggregator.Report report) implements Command {}

    private record Look() implements Command {}

    private record FromRound(Round.Event event) implements Command {}

    private record FirstBase(FirstBases.First first) implements Command {}

    private record Updated(Running.Update update) implements Command {}

    private record Saved(Saving.Done done) implements Command {}

    private record Surveyed(List<DeviceRecord> devices) implements Command {}

    private record Settled(Settling.Done done, List<DeviceRecord> devices) implements Command {}

    private record Wished(Wish wish) implements Command {}

    private record Broken(Throwable failure) implements Command {}

    public static Behavior<Command> create(RunContext run) {
        return Behaviors.setup(context -> new Coordinator(context, run));
    }

    private final RunContext context;
    private final RunClock clock;
    private final RunEnd end;
    private final ActorRef<BasePublisher.Command> publisher;
    private final Crew crew;
    private boolean started;
    private @Nullable Running running;
    private @Nullable RoundPlan plan;
    private @Nullable ActorRef<Round.Command> round;
    private Wish wish = Wish.RUN;
    private boolean settling;
    private Optional<StoreWatch> store = Optional.empty();
    private boolean waiting;
    private boolean updating;
    private Optional<ActorRef<Saving.Command>> saving = Optional.empty();
    private int savedRound = -1;
    private boolean savedAtEnd;

    private Coordinator(ActorContext<Command> actor, RunContext context) {
        super(actor);
        this.context = context;
        this.clock = new RunClock(context.nanoTime());
        this.end = new RunEnd(context, clock);
        this.publisher = spawn(BasePublisher.create(context.archive()), "publisher");
        this.crew = new Crew(
                context,
                publisher,
                spawn(NodeRoster.create(context, actor.messageAdapter(NodeRoster.Event.class, Node::new)), "roster"),
                actor.messageAdapter(Aggregator.Report.class, FromNode::new));
        ActorRef<Command> self = actor.getSelf();
        context.control().attach(asked -> self.tell(new Wished(asked)));
        context.listener().phase(Phase.STARTING);
    }

    /** A child that fails must fail the run, or the run would wait for it for ever. */
    private <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        ActorRef<T> child = getContext().spawn(behavior, name);
        getContext().watch(child);
        return child;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Node.class, this::onNode)
                .onMessage(FirstBase.class, this::onFirstBase)
                .onMessage(FromNode.class, this::onReport)
                .onMessage(Look.class, this::onLook)
                .onMessage(FromRound.class, this::onRound)
                .onMessage(Updated.class, this::onUpdated)
                .onMessage(Saved.class, this::onSaved)
                .onMessage(Surveyed.class, done -> running == null ? this : settle(running, done.devices()))
                .onMessage(Settled.class, this::onSettled)
                .onMessage(Wished.class, this::onWished)
                .onMessage(Broken.class, this::onBroken)
                .onSignal(ChildFailed.class, failed -> onBroken(new Broken(failed.getCause())))
                .onSignal(Terminated.class, ended -> this)
                .onSignal(PostStop.class, stopped -> {
                    end.silently();
                    return this;
                })
                .build();
    }

    private Behavior<Command> onNode(Node node) {
        if (node.event() instanceof NodeRoster.Refused refused && !started) {
            end.failed(new InputException(refused.node(), refused.reason()), null);
            return Behaviors.stopped();
        }
        crew.note(node.event()).ifPresent(this::tellRound);
        return startIfReady();
    }

    private void tellRound(Round.Command command) {
        if (round != null) {
            round.tell(command);
        }
    }

    private Behavior<Command> startIfReady() {
        if (!started && crew.complete()) {
            started = true;
            crew.begins();
            if (context.scenario().phases().preTraining().epochs() > 0) {
                context.listener().phase(Phase.PRE_TRAINING);
            }
            pipe(FirstBases.of(context).thenApply(FirstBase::new));
        }
        return this;
    }

    private void pipe(CompletableFuture<? extends Command> future) {
        getContext().pipeToSelf(future, (done, failure) -> failure == null ? done : new Broken(failure));
    }

    private Behavior<Command> onFirstBase(FirstBase ready) {
        FirstBases.First first = ready.first();
        running = new Running(first.run(), first.host(), first.evaluation());
        clock.earlier(first.wallSeconds());
        clock.counts(first.host().figures().cluster());
        first.announce(context, crew.size());
        if (context.keeps()) {
            store = Optional.of(new StoreWatch(first.host()::store, context.listener()));
            onLook(new Look());
        }
        publisher.tell(running.publication());
        return save(running, context.keeps());
    }

    /** Saves the state and goes on; {@code settles}: after what nodes keep is written down. */
    private Behavior<Command> save(Running now, boolean settles) {
        clock.savingStarts();
        ActorRef<Saving.Done> answer = getContext().messageAdapter(Saving.Done.class, Saved::new);
        SavedState state = now.run().state(clock.runSeconds());
        Map<String, ActorRef<Aggregator.Command>> nodes = settles ? crew.nodes() : Map.of();
        String name = "saving-" + state.round() + (settles ? "" : "-at-the-end");
        saving = Optional.of(spawn(Saving.create(state, context, nodes, savedRound < 0, publisher, answer), name));
        return this;
    }

    private Behavior<Command> onSaved(Saved saved) {
        saving = Optional.empty();
        clock.savingEnds();
        Running now = running;
        if (!saved.done().problem().isEmpty() || now == null) {
            return onBroken(new Broken(new IllegalStateException(saved.done().problem())));
        }
        if (saved.done().postponed()) {
            return nextRound(now);
        }
        savedRound = now.run().round();
        if (wish == Wish.STOP) {
            return stop(now);
        }
        publisher.tell(new BasePublisher.Retain(now.run().versionsInUse()));
        return nextRound(now);
    }

    /**
     * Ends the run with what is committed: once what was made so far is written down, if the store takes it before long,
     * and the state is saved. What is not in the store is not counted as done.
     */
    private Behavior<Command> stop(@Nullable Running now) {
        if (now == null || savedRound >= now.run().round()) {
            end.stopped(now);
            return Behaviors.stopped();
        }
        if (round != null) {
            getContext().stop(round);
            round = null;
        }
        if (!context.keeps()) {
            return save(now, false);
        }
        return settling ? this : settle(Optional.of(STOP_PATIENCE), List.of());
    }

    private Behavior<Command> nextRound(Running now) {
        if (settling) {
            return this; // It was stopped while its last round was under way.
        }
        if (wish == Wish.STOP) {
            return stop(now);
        }
        if (now.run().finished()) {
            if (savedRound < now.run().round() && now.run().mayGoOn() && !savedAtEnd) {
                savedAtEnd = true; // Once: a store that is away is not waited for.
                return save(now, context.keeps());
            }
            return survey(now);
        }
        waiting = wish == Wish.PAUSE;
        if (waiting) {
            context.listener().phase(Phase.PAUSED);
            return this;
        }
        clock.roundStarts();
        context.listener().opens(now.run().opens());
        RoundPlan next;
        try {
            next = now.run().plan();
        } catch (StalledException e) {
            return onBroken(new Broken(e));
        }
        plan = next;
        if (next.reporters().isEmpty()) {
            update(now, next, RoundSum.empty());
            return this;
        }
        RoundTask task = now.task(context.spec().run(), next);
        ActorRef<Round.Event> events = getContext().messageAdapter(Round.Event.class, FromRound::new);
        round = getContext().spawn(crew.round(task, events), "round-" + next.round(), TransportThreads.SELECTOR);
        getContext().watch(round);
        now.run().planAfter(next);
        return this;
    }

    private Behavior<Command> onReport(FromNode from) {
        if (from.report() instanceof Aggregator.Arrived arrived) {
            tellRound(new Round.In(arrived));
        } else if (from.report() instanceof Aggregator.Stuck stuck) {
            return unkept(stuck.node() + ": " + stuck.problem());
        }
        return this;
    }

    /** Looks after the store of this node, and goes on looking. */
    private Behavior<Command> onLook(Look look) {
        store.ifPresent(StoreWatch::look);
        getContext().scheduleOnce(LOOK, getContext().getSelf(), look);
        return this;
    }

    private void update(Running now, RoundPlan done, RoundSum sum) {
        updating = true;
        clock.trainingEnds();
        pipe(now.update(done, sum, crew::announce, context.trainingThreads()).thenApply(Updated::new));
    }

    private Behavior<Command> onRound(FromRound from) {
        Running now = running;
        RoundPlan done = plan;
        if (now == null || done == null) {
            return this;
        }
        if (from.event() instanceof Round.Progress progress) {
            context.listener()
                    .progress(
                            done.round(), progress.reported(), done.reporters().size());
        } else if (from.event() instanceof Round.Done sum) {
            round = null;
            crew.handedIn(now.run(), sum.parts());
            update(now, done, sum.sum());
        }
        return this;
    }

    private Behavior<Command> onUpdated(Updated updated) {
        Running now = running;
        RoundPlan done = plan;
        if (now == null || done == null) {
            return this;
        }
        updating = false;
        Running.Update update = updated.update();
        int before = now.run().version();
        RoundRecord record = now.commit(done, update, clock.round(before));
        running = now.after(update);
        if (now.run().version() != before) {
            publisher.tell(running.publication());
        }
        try {
            clock.saving(() ->
                    context.journal().append(RoundOutcome.of(done, update.sum().totals(), record)));
        } catch (UncheckedIOException e) {
            return onBroken(new Broken(e));
        }
        context.listener().roundCommitted(record);
        return wish != Wish.STOP && Saving.due(context, store) ? save(running, context.keeps()) : nextRound(running);
    }

    private Behavior<Command> survey(Running now) {
        context.listener().phase(Phase.EVALUATING);
        List<Integer> devices =
                Records.devicesToSurvey(context.scenario(), now.run().ledger());
        if (devices.isEmpty()) {
            return settle(now, List.of());
        }
        DeviceSurvey.Questions questions = now.questions(context.spec().run(), devices);
        ActorRef<DeviceSurvey.Surveyed> answer = getContext()
                .messageAdapter(DeviceSurvey.Surveyed.class, found -> new Surveyed(found.toldTo(context.listener())));
        spawn(DeviceSurvey.create(questions, context.devices(), context::millis, answer), "survey");
        return this;
    }

    private Behavior<Command> settle(Running now, List<DeviceRecord> devices) {
        if (!context.keeps()) {
            end.done(now, devices);
            return Behaviors.stopped();
        }
        now.host().keep(now.base());
        return settle(Optional.empty(), devices);
    }

    private Behavior<Command> settle(Optional<Duration> patience, List<DeviceRecord> devices) {
        settling = true;
        context.listener().phase(Phase.SETTLING);
        ActorRef<Settling.Done> answer =
                getContext().messageAdapter(Settling.Done.class, done -> new Settled(done, devices));
        spawn(Settling.create(crew.nodes(), patience, answer), "settling");
        return this;
    }

    private Behavior<Command> unkept(String problem) {
        end.failed(new IllegalStateException("versions could not be kept: " + problem), running);
        return Behaviors.stopped();
    }

    private Behavior<Command> onSettled(Settled settled) {
        Running now = running;
        String problem = settled.done().problem();
        store.ifPresent(StoreWatch::ends);
        context.listener().kept(settled.done().kept());
        if (wish == Wish.STOP && now != null && settled.devices().isEmpty()) {
            if (problem.isEmpty()) {
                return save(now, false);
            }
            LOG.error("versions are missing in the store: {}", problem);
            end.stopped(now);
        } else if (problem.isEmpty() && now != null) {
            end.done(now, settled.devices());
        } else {
            return unkept(problem);
        }
        return Behaviors.stopped();
    }

    private Behavior<Command> onWished(Wished wished) {
        wish = wished.wish();
        Running now = running;
        if (wish == Wish.STOP) {
            saving.ifPresent(writing -> writing.tell(new Saving.GiveUp()));
            return updating || saving.isPresent() ? this : stop(now); // What is under way ends soon, and stops then.
        }
        if (waiting && wish == Wish.RUN && now != null) {
            context.listener().phase(Phase.ROUNDS);
            return nextRound(now);
        }
        return this;
    }

    private Behavior<Command> onBroken(Broken broken) {
        LOG.error("the run failed", broken.failure());
        end.failed(broken.failure(), running);
        return Behaviors.stopped();
    }
}
