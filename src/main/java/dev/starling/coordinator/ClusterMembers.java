package dev.starling.coordinator;

import dev.starling.device.NodeAgent;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.ReachabilityEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Leave;
import org.apache.pekko.cluster.typed.Subscribe;

/** The members of the Pekko cluster that this node belongs to. */
public final class ClusterMembers implements Members {

    private static final String UNDERSTUDIES_PATH = "/user/" + Understudies.NAME;

    private final ActorSystem<?> system;
    private final Cluster cluster;

    public ClusterMembers(ActorSystem<?> system) {
        this.system = system;
        this.cluster = Cluster.get(system);
    }

    @Override
    public int count() {
        return cluster.state().members().size();
    }

    @Override
    public int unreachable() {
        return cluster.state().getUnreachable().size();
    }

    @Override
    public String self() {
        return NodeRoster.nameOf(cluster.selfMember());
    }

    @Override
    public Behavior<?> telling(ActorRef<Change> listener) {
        return Behaviors.<ClusterDomainEvent>setup(context -> {
            cluster.subscriptions().tell(Subscribe.create(context.getSelf().narrow(), MemberEvent.class));
            cluster.subscriptions().tell(Subscribe.create(context.getSelf().narrow(), ReachabilityEvent.class));
            return Behaviors.receiveMessage(event -> {
                if (event instanceof MemberEvent changed) {
                    tell(changed.member(), listener);
                } else if (event instanceof ReachabilityEvent reached) {
                    listener.tell(new Reachability(NodeRoster.nameOf(reached.member())));
                }
                return Behaviors.same();
            });
        });
    }

    private void tell(Member member, ActorRef<Change> listener) {
        String node = NodeRoster.nameOf(member);
        if (member.status().equals(MemberStatus.up())) {
            Optional<ActorRef<NodeAgent.Command>> agent = at(member, NodeRoster.DEVICES_ROLE, NodeRoster.AGENT_PATH);
            Optional<ActorRef<Understudies.Command>> understudies = at(member, Understudies.ROLE, UNDERSTUDIES_PATH);
            listener.tell(new Up(node, agent, understudies));
        } else if (member.status().equals(MemberStatus.removed())) {
            listener.tell(new Removed(node));
        }
    }

    private <T> Optional<ActorRef<T>> at(Member member, String role, String path) {
        return member.hasRole(role)
                ? Optional.of(ActorRefResolver.get(system).resolveActorRef(member.address() + path))
                : Optional.empty();
    }

    @Override
    public void expel(String node) {
        for (Member member : cluster.state().getMembers()) {
            if (NodeRoster.nameOf(member).equals(node)) {
                cluster.manager().tell(new Leave(member.address()));
            }
        }
    }
}
