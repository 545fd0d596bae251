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
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Leave;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;

/**
 * Brings every node of the cluster into the run, and says when one is ready, refuses, or is gone.
 *
 * <p>Per node: up (asked to prepare, again until it answers) → ready or refused → removed.
 */
public final class NodeRoster extends AbstractBehavior<NodeRoster.Command> {

    /** Where every node keeps its {@link NodeAgent}: a fixed path, so that no registry has to spread first. */
    public static final String AGENT_PATH = "/user/node";

    /** Nodes with this role hold devices. */
    public static final String DEVICES_ROLE = "devices";

    private static final String UNDERSTUDIES_PATH = "/user/" + Understudies.NAME;

    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    sealed interface Command {}

    private record Membership(ClusterEvent.MemberEvent event) implements Command {}

    private record Reachability(ClusterEvent.ReachabilityEvent event) implements Command {}

    private record Answered(NodeAgent.Reply reply) implements Command {}

    private record Again() implements Command {}

    /** What the coordinator is told. */
    sealed interface Event {}

    /** A node takes part, with these actors and so many training threads. */
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
    private final Set<String> unanswered = new HashSet<>();
    private final Cluster cluster;
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
        this.cluster = Cluster.get(context.getSystem());
        this.standBy = new Understudies.StandBy(
                spec.run(),
                nameOf(cluster.selfMember()),
                run.journal().runDirectory().toString());
        ActorRef<ClusterEvent.MemberEvent> events =
                context.messageAdapter(ClusterEvent.MemberEvent.class, Membership::new);
        cluster.subscriptions().tell(Subscribe.create(events, ClusterEvent.MemberEvent.class));
        ActorRef<ClusterEvent.ReachabilityEvent> reachability =
                context.messageAdapter(ClusterEvent.ReachabilityEvent.class, Reachability::new);
        cluster.subscriptions().tell(Subscribe.create(reachability, ClusterEvent.ReachabilityEvent.class));
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
                .onMessage(Reachability.class, this::onReachability)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Again.class, this::onAgain)
                .onMessage(Expel.class, this::onExpel)
                .onSignal(PostStop.class, this::onStopped)
                .build();
    }

    private Behavior<Command> onMembership(Membership membership) {
        onMember(membership.event().member());
        look();
        return this;
    }

    private Behavior<Command> onReachability(Reachability reachability) {
        look();
        return this;
    }

    private void look() {
        Seen now = new Seen(
                cluster.state().members().size(),
                cluster.state().getUnreachable().size());
        if (!now.equals(seen)) {
            seen = now;
            coordinator.tell(now);
        }
    }

    private void onMember(Member member) {
        String node = nameOf(member);
        if (member.status().equals(MemberStatus.up()) && member.hasRole(Understudies.ROLE)) {
            ActorRef<Understudies.Command> understudy = at(member, UNDERSTUDIES_PATH);
            understudies.put(node, understudy);
            understudy.tell(standBy);
        }
        if (member.status().equals(MemberStatus.up()) && member.hasRole(DEVICES_ROLE) && !agents.containsKey(node)) {
            ActorRef<NodeAgent.Command> agent = at(member, AGENT_PATH);
            agents.put(node, agent);
            unanswered.add(node);
            prepare(agent);
        } else if (member.status().equals(MemberStatus.removed())) {
            agents.remove(node);
            unanswered.remove(node);
            understudies.remove(node);
            coordinator.tell(new Gone(node));
        }
    }

    private <T> ActorRef<T> at(Member member, String path) {
        return ActorRefResolver.get(getContext().getSystem()).resolveActorRef(member.address() + path);
    }

    private Behavior<Command> onExpel(Expel expel) {
        Cluster cluster = Cluster.get(getContext().getSystem());
        for (Member member : cluster.state().getMembers()) {
            if (nameOf(member).equals(expel.node())) {
                cluster.manager().tell(new Leave(member.address()));
            }
        }
        return this;
    }

    private Behavior<Command> onAnswered(Answered answered) {
        NodeAgent.Reply reply = answered.reply();
        unanswered.remove(reply.node());
        if (reply instanceof NodeAgent.Prepared prepared) {
            coordinator.tell(
                    new Ready(prepared.node(), prepared.threads(), prepared.baseModels(), prepared.aggregator()));
        } else if (reply instanceof NodeAgent.Refused refused) {
            coordinator.tell(new Refused(refused.node(), refused.reason()));
        }
        return this;
    }

    private Behavior<Command> onAgain(Again again) {
        unanswered.forEach(node -> prepare(agents.get(node)));
        understudies.values().forEach(understudy -> understudy.tell(standBy));
        look(); // The state is brought up to date by others, and may have been late.
        return this;
    }

    private void prepare(@Nullable ActorRef<NodeAgent.Command> agent) {
        if (agent != null) {
            agent.tell(new NodeAgent.Prepare(spec, replies));
        }
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
