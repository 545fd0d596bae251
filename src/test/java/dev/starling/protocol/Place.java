package dev.starling.protocol;

import dev.starling.device.NodeHosts;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** One node: its actors, what they share, and how it is. */
final class Place {

    /** A node's life; a process that comes back is another node. */
    enum State {
        RUNS,
        /** Not running for a while, as if it was stopped by a signal or collecting garbage. */
        STANDS_STILL,
        /** Killed; the others do not know yet. */
        DEAD,
        /** Killed, and taken out of the cluster. */
        REMOVED
    }

    private final String name;
    private final ActorRef<NodeRoot.Command> root;
    private final NodeHosts hosts = new NodeHosts();
    private final List<Runnable> parked = new ArrayList<>();
    private State state = State.RUNS;
    private int coordinators;
    private boolean ends;

    /** @param root holds its actors */
    Place(String name, ActorRef<NodeRoot.Command> root) {
        this.name = name;
        this.root = root;
    }

    String name() {
        return name;
    }

    ActorRef<NodeRoot.Command> root() {
        return root;
    }

    NodeHosts hosts() {
        return hosts;
    }

    State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    boolean runs() {
        return state == State.RUNS;
    }

    boolean lives() {
        return state == State.RUNS || state == State.STANDS_STILL;
    }

    /** It has seen that it was cut off, and is about to end. */
    void ends() {
        ends = true;
    }

    /** Whether something can be begun on it. */
    boolean serves() {
        return lives() && !ends;
    }

    /** An actor of this path below the node starts. */
    void started(String actor) {
        coordinators += isCoordinator(actor) ? 1 : 0;
    }

    /** It has stopped. */
    void stopped(String actor) {
        coordinators -= isCoordinator(actor) ? 1 : 0;
    }

    private static boolean isCoordinator(String actor) {
        return actor.startsWith("coordinator-") && actor.indexOf('/') < 0;
    }

    int coordinators() {
        return coordinators;
    }

    /** Keeps what the node would do if it were running. */
    void park(Runnable work) {
        parked.add(work);
    }

    List<Runnable> parked() {
        return parked;
    }

    @Override
    public String toString() {
        return name;
    }
}
