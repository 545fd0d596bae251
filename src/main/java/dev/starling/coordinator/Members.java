package dev.starling.coordinator;

import dev.starling.device.NodeAgent;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** Who is in the cluster, as {@link NodeRoster} is told: the only thing that a coordinator knows of it. */
public interface Members {

    /** What happens to a node. */
    sealed interface Change {
        String node();
    }

    /** A node that holds devices is up; {@code agent} is where it is asked to take part in runs. */
    record Up(String node, ActorRef<NodeAgent.Command> agent) implements Change {}

    /** A node has left or was lost. It does not come back under this name. */
    record Removed(String node) implements Change {}

    /** Tells {@code listener} of every node that is up, and then of every change, until it is stopped. */
    Behavior<?> telling(ActorRef<Change> listener);
}
