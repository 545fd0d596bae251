package dev.starling.coordinator;

import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * Waits for a run's coordinator to be lost, and coordinates the run then, from the state that was saved last.
 *
 * <p>Chosen → watching the coordinator's node → (that node is out of the cluster) taking over → coordinating → over. The
 * cluster has one per run; with this one's node it moves to another that stands by.
 */
final class Understudy extends AbstractBehavior<Understudy.Command> {

    sealed interface Command {}

    /** The run has not ended: watch its coordinator. */
    record Watch() implements Command {}

    /** The run has ended. Whoever has taken it over knows better. */
    record Dismissed() implements Command {}

    private record Membership(ClusterEvent.MemberEvent event) implements Command {}

    private record Taken(Optional<RunContext> run) implements Command {}

    private record Failed(Throwable failure) implements Command {}

    static Behavior<Command> create(
            Understudies.StandBy run, TakeOver takeOver, ActorRef<Understudies.Command> company) {
        return Behaviors.setup(context -> {
            company.tell(new Understudies.Chosen(run.run(), context.getSelf()));
            return new Understudy(context, run, takeOver);
        });
    }

    private final Understudies.StandBy run;
    private final TakeOver takeOver;
    private boolean taking;

    private Understudy(ActorContext<Command> context, Understudies.StandBy run, TakeOver takeOver) {
        super(context);
        this.run = run;
        this.takeOver = takeOver;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Watch.class, this::onWatch)
                .onMessage(Dismissed.class, this::onDismissed)
                .onMessage(Membership.class, this::onMembership)
                .onMessage(Taken.class, this::onTaken)
                .onMessage(Failed.class, this::onFailed)
                .onSignal(Terminated.class, ended -> Behaviors.stopped())
                .build();
    }

    private Behavior<Command> onWatch(Watch watch) {
        Cluster cluster = Cluster.get(getContext().getSystem());
        ActorRef<ClusterEvent.MemberEvent> events =
                getContext().messageAdapter(ClusterEvent.MemberEvent.class, Membership::new);
        cluster.subscriptions().tell(Subscribe.create(events, ClusterEvent.MemberEvent.class));
        boolean there = StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .anyMatch(member -> NodeRoster.nameOf(member).equals(run.coordinator()));
        return there ? this : takeOver();
    }

    private Behavior<Command> onMembership(Membership membership) {
        ClusterEvent.MemberEvent event = membership.event();
        boolean lost = event instanceof ClusterEvent.MemberRemoved
                && NodeRoster.nameOf(event.member()).equals(run.coordinator());
        return lost ? takeOver() : this;
    }

    private Behavior<Command> takeOver() {
        if (!taking) {
            taking = true;
            getContext().getLog().warn("{} coordinated {} and is gone; taking over", run.coordinator(), run.run());
            getContext()
                    .pipeToSelf(
                            takeOver.of(run.directory()),
                            (context, failure) -> failure == null ? new Taken(context) : new Failed(failure));
        }
        return this;
    }

    private Behavior<Command> onTaken(Taken taken) {
        if (taken.run().isEmpty()) {
            getContext().getLog().info("{} has ended; there is nothing to take over", run.run());
            return Behaviors.stopped();
        }
        getContext().watch(getContext().spawn(Coordinator.create(taken.run().get()), "coordinator"));
        return this;
    }

    private Behavior<Command> onFailed(Failed failed) {
        getContext().getLog().error("{} cannot be taken over", run.run(), failed.failure());
        return Behaviors.stopped();
    }

    private Behavior<Command> onDismissed(Dismissed dismissed) {
        return taking ? this : Behaviors.stopped();
    }
}
