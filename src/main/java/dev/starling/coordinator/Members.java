package dev.starling.coordinator;

import dev.starling.device.NodeAgent;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** The cluster as a coordinator sees it: all that {@link NodeRoster} knows and asks of it. */
public interface Members {

    /** What happens to a node. */
    sealed interface Change {
        String node();
    }

    /**
     * A node is up.
     *
     * @param agent where it is asked to take part in runs, if it holds devices
     * @param understudies where it is told of runs, if it stands by
     */
    record Up(
            String node,
            Optional<ActorRef<NodeAgent.Command>> agent,
            Optional<ActorRef<Understudies.Command>> understudies)
            implements Change {}

    /** A node has left or was lost. It does not come back under this name. */
    record Removed(String node) implements Change {}

    /** A node can be reached again, or cannot be reached just now. */
    record Reachability(String node) implements Change {}

    /** How many nodes there are, those that cannot be reached included. */
    int count();

    /** How many cannot be reached just now. */
    int unreachable();

    /** The name of this node. */
    String self();

    /** Tells {@code listener} of every node that is up, and then of every change, until it is stopped. */
    Behavior<?> telling(ActorRef<Change> listener);

    /** Tells a node to leave. */
    void expel(String node);
}
