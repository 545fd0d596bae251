package dev.starling.metrics;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Shows {@link NodeFigures} and memory over JMX. */
public final class NodeBean implements NodeMXBean {

    private final NodeFigures figures;
    private final LongSupplier tensorBytes;

    /** @param tensorBytes off-heap memory that the JVM's own buffer pools do not know of */
    public NodeBean(NodeFigures figures, LongSupplier tensorBytes) {
        this.figures = figures;
        this.tensorBytes = tensorBytes;
    }

    @Override
    public int getMembers() {
        return figures.cluster().members();
    }

    @Override
    public int getUnreachableMembers() {
        return figures.cluster().unreachable();
    }

    @Override
    public double getLastHeartbeatSeconds() {
        return figures.cluster().lastHeartbeatSeconds();
    }

    @Override
    public long getBytesSent() {
        return figures.cluster().bytesSent();
    }

    @Override
    public long getBytesReceived() {
        return figures.cluster().bytesReceived();
    }

    @Override
    public long getDeadLetters() {
        return figures.cluster().deadLetters();
    }

    @Override
    public int getShards() {
        return figures.cluster().shards();
    }

    @Override
    public long getLiveDevices() {
        return figures.liveDevices();
    }

    @Override
    public long getTasksQueued() {
        return figures.tasksQueued();
    }

    @Override
    public long getTasksRunning() {
        return figures.tasksRunning();
    }

    @Override
    public double getStepsPerSecond() {
        return figures.stepsPerSecond();
    }

    @Override
    public double getExamplesPerSecond() {
        return figures.examplesPerSecond();
    }

    @Override
    public long getLocalSteps() {
        return figures.localSteps();
    }

    @Override
    public long getExamplesTrained() {
        return figures.examplesTrained();
    }

    @Override
    public long getDeltasFolded() {
        return figures.deltasFolded();
    }

    @Override
    public long getVersionsQueued() {
        return figures.store().queued();
    }

    @Override
    public long getVersionsWritten() {
        return figures.store().written();
    }

    @Override
    public double getStoreAwaySeconds() {
        return figures.store().awaySeconds();
    }

    @Override
    public long getHeapUsedBytes() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public long getOffHeapUsedBytes() {
        long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return buffers + tensorBytes.getAsLong();
    }
}
