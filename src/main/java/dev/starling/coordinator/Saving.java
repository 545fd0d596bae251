package dev.starling.coordinator;

import dev.starling.aggregate.Aggregator;
import dev.starling.base.Causes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Saves the state of a run between two rounds, and before it all that whoever goes on from it will not make again:
 * versions of models that wait for the store, and bases that personal models start from.
 *
 * <p>Settling (if versions are kept) → bases in the archive → writing → done; from settling → postponed, if some node finds the
 * store away: the run need not wait for it.
 */
final class Saving extends AbstractBehavior<Saving.Command> {

    sealed interface Command {}

    /** Do not wait for the store any longer: what is not begun is postponed. */
    record GiveUp() implements Command {}

    private record Settled(boolean away, String problem) implements Command {}

    private record Archived() implements Command {}

    private record Written(String problem) implements Command {}

    /**
     * It is over.
     *
     * @param postponed whether nothing was saved, as the store is away
     * @param problem why the state could not be saved; empty if it was, or is postponed
     */
    record Done(boolean postponed, String problem) {}

    /** Whether a state is to be saved now. While the store of versions is away that is put off: the run goes on. */
    static boolean due(RunContext run, Optional<StoreWatch> store) {
        return run.journal().pace().due() && !store.map(StoreWatch::away).orElse(false);
    }

    /**
     * @param nodes that keep versions; none if nothing is to be written down before
     * @param first whether no state is saved yet: then a store that is away is waited for
     */
    static Behavior<Command> create(
            SavedState state,
            RunContext run,
            Map<String, ActorRef<Aggregator.Command>> nodes,
            boolean first,
            ActorRef<BasePublisher.Command> publisher,
            ActorRef<Done> coordinator) {
        return Behaviors.setup(context -> {
            run.journal().pace().starts();
            Saving saving = new Saving(context, state, run.journal(), publisher, run.trainingThreads(), coordinator);
            return nodes.isEmpty() ? saving.onSettled(new Settled(false, "")) : saving.settle(nodes, first);
        });
    }

    private final SavedState state;
    private final Journal journal;
    private final ActorRef<BasePublisher.Command> publisher;
    private final Executor threads;
    private final ActorRef<Done> coordinator;
    private boolean settling;

    private Saving(
            ActorContext<Command> context,
            SavedState state,
            Journal journal,
            ActorRef<BasePublisher.Command> publisher,
            Executor threads,
            ActorRef<Done> coordinator) {
        super(context);
        this.state = state;
        this.journal = journal;
        this.publisher = publisher;
        this.threads = threads;
        this.coordinator = coordinator;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(GiveUp.class, this::onGiveUp)
                .onMessage(Settled.class, this::onSettled)
                .onMessage(Archived.class, this::onArchived)
                .onMessage(Written.class, this::onWritten)
                .build();
    }

    private Behavior<Command> settle(Map<String, ActorRef<Aggregator.Command>> nodes, boolean first) {
        ActorRef<Settling.Done> answer =
                getContext().messageAdapter(Settling.Done.class, done -> new Settled(done.away(), done.problem()));
        Behavior<Settling.Command> asking =
                first ? Settling.create(nodes, Optional.empty(), answer) : Settling.unlessAway(nodes, answer);
        getContext().spawn(asking, "settling");
        settling = true;
        return this;
    }

    private Behavior<Command> onGiveUp(GiveUp giveUp) {
        return settling ? onSettled(new Settled(true, "")) : this;
    }

    private Behavior<Command> onSettled(Settled settled) {
        settling = false;
        if (settled.away()) {
            // To its pace it is as if it had not begun: it is due again when the store is back.
            coordinator.tell(new Done(true, ""));
            return Behaviors.stopped();
        }
        if (!settled.problem().isEmpty()) {
            return end("versions could not be kept: " + settled.problem());
        }
        ActorRef<BasePublisher.Synced> answer =
                getContext().messageAdapter(BasePublisher.Synced.class, synced -> new Archived());
        publisher.tell(new BasePublisher.Sync(answer));
        return this;
    }

    private Behavior<Command> onArchived(Archived archived) {
        getContext()
                .pipeToSelf(
                        CompletableFuture.runAsync(() -> journal.save(state), threads),
                        (done, failure) -> new Written(failure == null ? "" : Causes.sentence(failure)));
        return this;
    }

    private Behavior<Command> onWritten(Written written) {
        return end(written.problem());
    }

    private Behavior<Command> end(String problem) {
        journal.pace().ends();
        coordinator.tell(new Done(false, problem));
        return Behaviors.stopped();
    }
}
