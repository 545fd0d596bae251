package dev.starling.coordinator;

import dev.starling.device.NodeAgent;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** The members of the Pekko cluster that this node belongs to. */
public final class ClusterMembers implements Members {

    @Override
    public Behavior<?> telling(ActorRef<Change> listener) {
        return Behaviors.<MemberEvent>setup(context -> {
            Cluster cluster = Cluster.get(context.getSystem());
            cluster.subscriptions().tell(Subscribe.create(context.getSelf(), MemberEvent.class));
            return Behaviors.receiveMessage(event -> {
                tell(context, event.member(), listener);
                return Behaviors.same();
            });
        });
    }

    private static void tell(ActorContext<?> context, Member member, ActorRef<Change> listener) {
        String node = NodeRoster.nameOf(member);
        if (member.status().equals(MemberStatus.up()) && member.hasRole(NodeRoster.DEVICES_ROLE)) {
            ActorRef<NodeAgent.Command> agent =
                    ActorRefResolver.get(context.getSystem()).resolveActorRef(member.address() + NodeRoster.AGENT_PATH);
            listener.tell(new Up(node, agent));
        } else if (member.status().equals(MemberStatus.removed())) {
            listener.tell(new Removed(node));
        }
    }
}
