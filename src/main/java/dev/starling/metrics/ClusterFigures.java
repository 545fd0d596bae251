package dev.starling.metrics;

/** What a node knows of the cluster that it is in, as of now. Thread-safe. */
public interface ClusterFigures {

    /** Of a node that is alone. */
    ClusterFigures NONE = new ClusterFigures() {};

    /** Nodes in the cluster, this one included. */
    default int members() {
        return 1;
    }

    /** Members that do not answer. */
    default int unreachable() {
        return 0;
    }

    /** Shards of devices on this node; −1 if it is too busy to tell. */
    default int shards() {
        return 0;
    }

    /** Bytes of messages to other nodes, envelopes included, since this node started. */
    default long bytesSent() {
        return 0;
    }

    /** Bytes of messages from other nodes, envelopes included, since this node started. */
    default long bytesReceived() {
        return 0;
    }

    /** The part of both that is runs: what keeps the cluster together is not in it. */
    default long runBytes() {
        return 0;
    }

    /**
     * The part of {@link #runBytes} that carried base versions newer than {@code version}. What older ones took is forgotten.
     */
    default long baseBytesAfter(int version) {
        return 0;
    }

    /** Messages of this node that reached nobody, since it started. */
    default long deadLetters() {
        return 0;
    }

    /** How long the member that has been silent longest has not answered a heartbeat; NaN if none is listened to. */
    default double lastHeartbeatSeconds() {
        return Double.NaN;
    }
}
