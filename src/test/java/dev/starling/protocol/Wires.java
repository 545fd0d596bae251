package dev.starling.protocol;

import dev.starling.aggregate.Aggregator;
import dev.starling.device.Device;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.internal.AdaptMessage;
import org.apache.pekko.actor.typed.internal.AdaptWithRegisteredMessageAdapter;
import org.apache.pekko.dispatch.Envelope;

/**
 * All messages of a world: those between nodes travel by its network, every one is checked and noted when it is taken up.
 */
final class Wires {

    private final Machine machine;
    private final Network network;
    private final Trace trace;
    private final Invariants invariants;
    private boolean delivering;
    private boolean over;

    Wires(Machine machine, Network network, Trace trace, Invariants invariants) {
        this.machine = machine;
        this.network = network;
        this.trace = trace;
        this.invariants = invariants;
    }

    /** Whether a message gets into a mailbox on {@code to} at once; one from another node travels first. */
    boolean letsIn(Place to, ActorRef receiver, Envelope envelope) {
        Place from = machine.current();
        if (over) {
            return false;
        }
        if (delivering || from == null || from == to) {
            return to.lives();
        }
        Object message = plain(envelope.message());
        invariants.crosses(message);
        int times = network.carry(from, to, () -> deliver(from, to, receiver, envelope));
        if (times != 1) {
            String what = times == 0 ? "lost" : "twice";
            trace.note(machine.nanos(), what, from + " > " + to, message);
            trace.count(what);
        }
        return false;
    }

    /** Nothing arrives from a node that was taken out of the cluster. */
    private void deliver(Place from, Place to, ActorRef receiver, Envelope envelope) {
        if (to.lives() && from.state() != Place.State.REMOVED && network.hears(to, from)) {
            delivering = true;
            receiver.tell(envelope.message(), envelope.sender());
            delivering = false;
        }
    }

    /** An actor takes up a message. */
    void handles(Place place, String actor, Object message) {
        Object plain = plain(message);
        trace.note(machine.nanos(), place.name(), actor, plain);
        invariants.handled(plain);
        if (plain instanceof Aggregator.Expect) {
            trace.count("expect");
        } else if (plain instanceof Device.Train train && train.attempt() > 1) {
            trace.count("again");
        }
    }

    /** What was sent, without what the receiving actor's adapters put around it. */
    private static Object plain(Object message) {
        if (message instanceof AdaptMessage<?, ?> adapted) {
            Object result = adapted.message();
            return result == null ? "done" : result;
        }
        return message instanceof AdaptWithRegisteredMessageAdapter<?> adapted ? adapted.msg() : message;
    }

    /** From now on nothing is told any more. */
    void end() {
        over = true;
    }

    boolean over() {
        return over;
    }
}
