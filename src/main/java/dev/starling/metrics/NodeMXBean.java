package dev.starling.metrics;

/** {@code dev.starling:type=Node}: what this node (JVM) is doing. */
public interface NodeMXBean {

    /** Nodes in this node's cluster, itself included. */
    int getMembers();

    /** Members that do not answer. */
    int getUnreachableMembers();

    /** How long the member that has been silent longest has not answered a heartbeat; NaN for a node alone. */
    double getLastHeartbeatSeconds();

    /** Bytes of messages to other nodes since this node started. */
    long getBytesSent();

    /** Bytes of messages from other nodes since this node started. */
    long getBytesReceived();

    /** Messages of this node that reached nobody since it started: none while all nodes are well. */
    long getDeadLetters();

    /** Shards of devices that live here; −1 if the node is too busy to tell. */
    int getShards();

    /** Device actors in memory. */
    long getLiveDevices();

    /** Training tasks that wait for a thread. */
    long getTasksQueued();

    /** Training tasks on a thread. */
    long getTasksRunning();

    /** Local steps per second over the last ten seconds. */
    double getStepsPerSecond();

    /** Examples trained per second over the last ten seconds. */
    double getExamplesPerSecond();

    /** Local steps since this node started. */
    long getLocalSteps();

    /** Examples trained since this node started. */
    long getExamplesTrained();

    /** Deltas added to this node's sums since it started. */
    long getDeltasFolded();

    /** Versions of models that wait to be written into the store. */
    long getVersionsQueued();

    /** Versions of models that the store has taken in this run. */
    long getVersionsWritten();

    /** How long the store has been away; 0 while it answers. */
    double getStoreAwaySeconds();

    long getHeapUsedBytes();

    /** Memory outside the heap that tensors and buffers take. */
    long getOffHeapUsedBytes();
}
