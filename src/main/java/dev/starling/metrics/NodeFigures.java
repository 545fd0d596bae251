package dev.starling.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What one node is doing: its actors count here, JMX and progress read. Thread-safe and cheap to count in. */
public final class NodeFigures {

    private final LongAdder liveDevices = new LongAdder();
    private final LongAdder tasksQueued = new LongAdder();
    private final LongAdder tasksRunning = new LongAdder();
    private final LongAdder localSteps = new LongAdder();
    private final LongAdder examplesTrained = new LongAdder();
    private final LongAdder deltasFolded = new LongAdder();
    private final Rate steps;
    private final Rate examples;
    private volatile ClusterFigures cluster = ClusterFigures.NONE;
    private volatile Supplier<StoreWait> store = () -> StoreWait.NONE;

    /** @param nanoTime a clock like {@link System#nanoTime} */
    public NodeFigures(LongSupplier nanoTime) {
        this.steps = new Rate(nanoTime);
        this.examples = new Rate(nanoTime);
    }

    public void deviceStarted() {
        liveDevices.increment();
    }

    public void deviceStopped() {
        liveDevices.decrement();
    }

    /** A training task arrived at this node. */
    public void taskQueued() {
        tasksQueued.increment();
    }

    /** A device took up a queued task. */
    public void taskTakenUp() {
        tasksQueued.decrement();
    }

    /** A device began to train. */
    public void taskStarted() {
        tasksRunning.increment();
    }

    /** A running task ended after {@code stepCount} local steps over {@code exampleCount} examples. */
    public void taskEnded(int stepCount, long exampleCount) {
        tasksRunning.decrement();
        localSteps.add(stepCount);
        examplesTrained.add(exampleCount);
        steps.add(stepCount);
        examples.add(exampleCount);
    }

    public void deltaFolded() {
        deltasFolded.increment();
    }

    /** From now on {@code state} tells what waits for the store. */
    public void storeIs(Supplier<StoreWait> state) {
        store = state;
    }

    /** What waits for the store of the running, or last, run. */
    public StoreWait store() {
        return store.get();
    }

    /** From now on {@code seen} tells of the cluster. */
    public void clusterIs(ClusterFigures seen) {
        cluster = seen;
    }

    public ClusterFigures cluster() {
        return cluster;
    }

    public long liveDevices() {
        return liveDevices.sum();
    }

    public long tasksQueued() {
        return Math.max(0, tasksQueued.sum()); // Tasks may be lost with a device that moves.
    }

    public long tasksRunning() {
        return tasksRunning.sum();
    }

    public long localSteps() {
        return localSteps.sum();
    }

    public long examplesTrained() {
        return examplesTrained.sum();
    }

    public long deltasFolded() {
        return deltasFolded.sum();
    }

    /** Over the last ten seconds. */
    public double stepsPerSecond() {
        return steps.perSecond();
    }

    /** Over the last ten seconds. */
    public double examplesPerSecond() {
        return examples.perSecond();
    }
}
