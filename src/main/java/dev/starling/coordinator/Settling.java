package dev.starling.coordinator;

import dev.starling.aggregate.Aggregator;
import dev.starling.metrics.KeptFigures;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Waits until every node has written down what it keeps. Who is patient waits for a store that is away; a node that is lost is
 * not waited for: what it had made is made again when it is asked for.
 *
 * <p>Asking (silent nodes are asked again) → done.
 */
final class Settling extends AbstractBehavior<Settling.Command> {

    private static final Duration CHECK = Duration.ofSeconds(10);

    sealed interface Command {}

    private record Answer(Aggregator.Settled settled) implements Command {}

    private record Check() implements Command {}

    private record GiveUp() implements Command {}

    /**
     * All nodes have answered, or enough have, or patience has ended.
     *
     * @param away whether some node found its store away, and nobody waited for it
     * @param kept what those that answered have written
     * @param problem why something could not be written down; empty if all was
     */
    record Done(boolean away, KeptFigures kept, String problem) {}

    /**
     * At the end of a run.
     *
     * @param patience how long to wait at most; empty: as long as it takes
     */
    static Behavior<Command> create(
            Map<String, ActorRef<Aggregator.Command>> nodes, Optional<Duration> patience, ActorRef<Done> coordinator) {
        return create(nodes, true, patience, coordinator);
    }

    /** Within a run: a store that is away is not waited for. */
    static Behavior<Command> unlessAway(Map<String, ActorRef<Aggregator.Command>> nodes, ActorRef<Done> coordinator) {
        return create(nodes, false, Optional.empty(), coordinator);
    }

    private static Behavior<Command> create(
            Map<String, ActorRef<Aggregator.Command>> nodes,
            boolean patient,
            Optional<Duration> patience,
            ActorRef<Done> coordinator) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            patience.ifPresent(time -> timers.startSingleTimer(new GiveUp(), time));
            return new Settling(context, timers, nodes, patient, coordinator).begin();
        }));
    }

    private final Map<String, ActorRef<Aggregator.Command>> waiting;
    private final boolean patient;
    private final ActorRef<Done> coordinator;
    private final ActorRef<Aggregator.Settled> answers;
    private boolean away;
    private KeptFigures kept = KeptFigures.NONE;
    private String problem = "";

    private Settling(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Map<String, ActorRef<Aggregator.Command>> nodes,
            boolean patient,
            ActorRef<Done> coordinator) {
        super(context);
        this.waiting = new HashMap<>(nodes);
        this.patient = patient;
        this.coordinator = coordinator;
        this.answers = context.messageAdapter(Aggregator.Settled.class, Answer::new);
        waiting.values().forEach(context::watch);
        timers.startTimerWithFixedDelay(new Check(), CHECK);
    }

    private Behavior<Command> begin() {
        ask();
        return doneIfAll();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Answer.class, this::onAnswer)
                .onMessage(Check.class, this::onCheck)
                .onMessage(GiveUp.class, this::onGiveUp)
                .onSignal(Terminated.class, this::onLost)
                .build();
    }

    private void ask() {
        waiting.values().forEach(node -> node.tell(new Aggregator.Settle(patient, answers)));
    }

    private Behavior<Command> onAnswer(Answer answer) {
        Aggregator.Settled settled = answer.settled();
        if (waiting.remove(settled.node()) != null) {
            away |= settled.away();
            kept = kept.plus(settled.kept());
            problem = settled.problem().isEmpty() ? problem : settled.node() + ": " + settled.problem();
        }
        return doneIfAll();
    }

    private Behavior<Command> onLost(Terminated lost) {
        waiting.values().removeIf(node -> node.path().equals(lost.getRef().path()));
        return doneIfAll();
    }

    private Behavior<Command> onCheck(Check check) {
        ask();
        return this;
    }

    private Behavior<Command> onGiveUp(GiveUp giveUp) {
        problem = "the store did not take everything in time";
        waiting.clear();
        return doneIfAll();
    }

    private Behavior<Command> doneIfAll() {
        if (!waiting.isEmpty() && !away) {
            return this;
        }
        coordinator.tell(new Done(away, kept, problem));
        return Behaviors.stopped();
    }
}
