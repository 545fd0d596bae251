package dev.starling.cluster;

import dev.starling.base.WireMessage;
import dev.starling.device.BaseModels;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.cluster.ClusterHeartbeatSender;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.remote.artery.RemoteInstrument;

/** What goes from this node to others and back: bytes of messages as they are on the wire, and when heartbeats came. */
final class NodeTraffic implements Extension {

    private static final Id ID = new Id();

    /** More than are ever ahead of a round. */
    private static final int MOST_VERSIONS = 64;

    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder ofRuns = new LongAdder();
    private final ConcurrentSkipListMap<Integer, LongAdder> ofBases = new ConcurrentSkipListMap<>();
    private final Map<UniqueAddress, Long> heardNanos = new ConcurrentHashMap<>();

    static NodeTraffic of(ActorSystem system) {
        return ID.get(system);
    }

    private static final class Id extends AbstractExtensionId<NodeTraffic> {
        @Override
        public NodeTraffic createExtension(ExtendedActorSystem system) {
            return new NodeTraffic();
        }
    }

    long sent() {
        return sent.sum();
    }

    long received() {
        return received.sum();
    }

    /** Sent and received messages of ours. */
    long ofRuns() {
        return ofRuns.sum();
    }

    /**
     * Those of them that carry base versions newer than {@code version}. Callers ask for ever newer ones: the older are
     * forgotten.
     */
    long ofBasesAfter(int version) {
        ofBases.headMap(version, true).clear();
        return ofBases.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** When a heartbeat was last answered, by node. Callers take out who is no member any more. */
    Map<UniqueAddress, Long> heardNanos() {
        return heardNanos;
    }

    private void note(LongAdder direction, Object message, int bytes) {
        direction.add(bytes);
        if (message instanceof WireMessage) {
            ofRuns.add(bytes);
        }
        if (message instanceof BaseModels.OfVersion base) {
            ofBases.computeIfAbsent(base.version(), version -> new LongAdder()).add(bytes);
            if (ofBases.size() > MOST_VERSIONS) {
                ofBases.pollFirstEntry(); // A node that only works is never asked.
            }
        }
    }

    /** Pekko makes one for each connection and direction; see {@code conf/application.conf}. */
    public static final class Meter extends RemoteInstrument {

        private final NodeTraffic traffic;

        public Meter(ExtendedActorSystem system) {
            this.traffic = of(system);
        }

        /** Of our own among instruments: 1 to 31. */
        @Override
        public byte identifier() {
            return 17;
        }

        /** Nothing is sent along. */
        @Override
        public void remoteWriteMetadata(ActorRef recipient, Object message, ActorRef sender, ByteBuffer buffer) {}

        @Override
        public void remoteMessageSent(ActorRef recipient, Object message, ActorRef sender, int size, long time) {
            traffic.note(traffic.sent, message, size);
        }

        @Override
        public void remoteReadMetadata(ActorRef recipient, Object message, ActorRef sender, ByteBuffer buffer) {}

        @Override
        public void remoteMessageReceived(ActorRef recipient, Object message, ActorRef sender, int size, long time) {
            traffic.note(traffic.received, message, size);
            if (message instanceof ClusterHeartbeatSender.HeartbeatRsp answer) {
                traffic.heardNanos.put(answer.from(), System.nanoTime());
            }
        }
    }
}
