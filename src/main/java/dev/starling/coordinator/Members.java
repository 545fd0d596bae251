package dev.starling.coordinator;

import dev.starling.device.NodeAgent;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** The cluster as a coordinator sees it: all that {@link NodeRoster} knows and asks of it. */
public interface Members {

    /** What happens to a node. */
    sealed interface Change {}

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

    /** A node cannot be reached, or can be reached again: {@link #seen} knows more. */
    record Stirred() implements Change {}

    /** How many nodes there are now, and how many of them cannot be reached. */
    NodeRoster.Seen seen();

    /** The name of this node. */
    String self();

    /** Tells {@code listener} of every node that is up, and then of every change, until it is stopped. */
    Behavior<?> telling(ActorRef<Change> listener);

    /** Tells a node to leave. */
    void expel(String node);
}
