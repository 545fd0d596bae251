package dev.starling.coordinator;

import dev.starling.aggregate.Aggregator;
import dev.starling.device.BaseModels;
import dev.starling.device.NodeAgent;
import dev.starling.device.RunSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.Member;

/**
 * Brings every node of the cluster into the run, and says when one is ready, refuses, or is gone.
 *
 * <p>Per node: up (asked to prepare, again until it answers) → ready or refused → removed. Of a node that is ready it
 * tells again and again: what the node was told then may have been lost on the way.
 */
public final class NodeRoster extends AbstractBehavior<NodeRoster.Command> {

    /** Where every node keeps its {@link NodeAgent}: a fixed path, so that no registry has to spread first. */
    public static final String AGENT_PATH = "/user/node";

    /** Nodes with this role hold devices. */
    public static final String DEVICES_ROLE = "devices";

    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    sealed interface Command {}

    private record Membership(Members.Change change) implements Command {}

    private record Answered(NodeAgent.Reply reply) implements Command {}

    private record Again() implements Command {}

    /** What the coordinator is told. */
    sealed interface Event {}

    /** A node takes part, with these actors and so many training threads. Told more than once. */
    record Ready(
            String node, int threads, ActorRef<BaseModels.Command> baseModels, ActorRef<Aggregator.Command> aggregator)
            implements Event {}

    /** A node cannot take part. */
    record Refused(String node, String reason) implements Event {}

    /** A node has left or was lost. */
    record Gone(String node) implements Event {}

    /** So many nodes are in the cluster, so many of them do not answer. */
    record Seen(int members, int unreachable) implements Event {}

    static Behavior<Command> create(RunContext run, ActorRef<Event> coordinator) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new NodeRoster(context, timers, run, coordinator)));
    }

    private final RunContext run;
    private final RunSpec spec;
    private final Understudies.StandBy standBy;
    private final ActorRef<Event> coordinator;
    private final ActorRef<NodeAgent.Reply> replies;
    private final Map<String, ActorRef<NodeAgent.Command>> agents = new HashMap<>();
    private final Map<String, Ready> ready = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private Seen seen = new Seen(1, 0);
    private final Map<String, ActorRef<Understudies.Command>> understudies = new HashMap<>();

    private NodeRoster(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            RunContext run,
            ActorRef<Event> coordinator) {
        super(context);
        this.run = run;
        this.spec = run.spec();
        this.coordinator = coordinator;
        this.replies = context.messageAdapter(NodeAgent.Reply.class, Answered::new);
        this.standBy = new Understudies.StandBy(
                spec.run(), run.members().self(), run.journal().runDirectory().toString());
        context.spawn(run.members().telling(context.messageAdapter(Members.Change.class, Membership::new)), "members");
        timers.startTimerWithFixedDelay(new Again(), ASK_AGAIN);
    }

    /** The node cannot take part: it must not hold devices. */
    record Expel(String node) implements Command {}

    /** The name by which a node is known in a run. */
    public static String nameOf(Member member) {
        return member.address().hostPort() + "#"
                + Long.toUnsignedString(member.uniqueAddress().longUid(), 36);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Membership.class, this::onMembership)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Again.class, this::onAgain)
                .onMessage(Expel.class, this::onExpel)
                .onSignal(PostStop.class, this::onStopped)
                .build();
    }

    private Behavior<Command> onMembership(Membership membership) {
        if (membership.change() instanceof Members.Up up) {
            up.understudies().ifPresent(understudy -> {
                understudies.put(up.node(), understudy);
                understudy.tell(standBy);
            });
            up.agent().ifPresent(agent -> {
                if (agents.putIfAbsent(up.node(), agent) == null) {
                    prepare(agent);
                }
            });
        } else if (membership.change() instanceof Members.Removed removed) {
            agents.remove(removed.node());
            ready.remove(removed.node());
            refused.remove(removed.node());
            understudies.remove(removed.node());
            coordinator.tell(new Gone(removed.node()));
        }
        look();
        return this;
    }

    private void look() {
        Seen now = new Seen(run.members().count(), run.members().unreachable());
        if (!now.equals(seen)) {
            seen = now;
            coordinator.tell(now);
        }
    }

    private Behavior<Command> onExpel(Expel expel) {
        run.members().expel(expel.node());
        return this;
    }

    private Behavior<Command> onAnswered(Answered answered) {
        NodeAgent.Reply reply = answered.reply();
        if (!agents.containsKey(reply.node())) {
            return this; // Its last words.
        }
        if (reply instanceof NodeAgent.Prepared prepared) {
            Ready node = new Ready(prepared.node(), prepared.threads(), prepared.baseModels(), prepared.aggregator());
            ready.put(node.node(), node);
            coordinator.tell(node);
        } else if (reply instanceof NodeAgent.Refused no) {
            refused.add(no.node());
            coordinator.tell(new Refused(no.node(), no.reason()));
        }
        return this;
    }

    private Behavior<Command> onAgain(Again again) {
        agents.forEach((node, agent) -> {
            if (!ready.containsKey(node) && !refused.contains(node)) {
                prepare(agent);
            }
        });
        ready.values().forEach(coordinator::tell);
        understudies.values().forEach(understudy -> understudy.tell(standBy));
        look(); // The state is brought up to date by others, and may have been late.
        return this;
    }

    private void prepare(ActorRef<NodeAgent.Command> agent) {
        agent.tell(new NodeAgent.Prepare(spec, replies));
    }

    /**
     * The run is over, or will be coordinated elsewhere: nodes that serve other runs too must not keep its data. Only if
     * it is over nobody needs to stand by.
     */
    private Behavior<Command> onStopped(PostStop stopped) {
        agents.values().forEach(agent -> agent.tell(new NodeAgent.Release(spec.run())));
        if (run.outcome().isDone()) {
            understudies.values().forEach(understudy -> understudy.tell(new Understudies.Dismiss(spec.run())));
        }
        return this;
    }
}
