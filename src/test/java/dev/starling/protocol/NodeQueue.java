package dev.starling.protocol;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.UnboundedMessageQueueSemantics;
import org.jspecify.annotations.Nullable;

/** The mailbox of one actor. What comes from another node does not get in directly: it goes through the network. */
final class NodeQueue implements MessageQueue, UnboundedMessageQueueSemantics {

    private final Queue<Envelope> messages = new ConcurrentLinkedQueue<>();
    private final @Nullable Wires wires;
    private final @Nullable Place place;
    private final String actor;

    /** @param actor path of the owner below its node */
    NodeQueue(@Nullable Wires wires, @Nullable Place place, String actor) {
        this.wires = wires;
        this.place = place;
        this.actor = actor;
        if (place != null) {
            place.started(actor);
        }
    }

    /** The owner's node; null outside of all nodes. */
    @Nullable
    Place place() {
        return place;
    }

    @Override
    public void enqueue(ActorRef receiver, Envelope envelope) {
        if (wires == null || place == null || wires.letsIn(place, receiver, envelope)) {
            messages.add(envelope);
        }
    }

    @Override
    public @Nullable Envelope dequeue() {
        if (wires != null && wires.over()) {
            messages.clear();
        }
        Envelope next = messages.poll();
        if (next != null && wires != null && place != null) {
            wires.handles(place, actor, next.message());
        }
        return next;
    }

    @Override
    public int numberOfMessages() {
        return messages.size();
    }

    @Override
    public boolean hasMessages() {
        return !messages.isEmpty();
    }

    @Override
    public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
        messages.clear();
        if (place != null) {
            place.stopped(actor);
        }
    }
}
