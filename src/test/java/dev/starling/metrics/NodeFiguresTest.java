package dev.starling.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NodeFiguresTest {

    @Test
    void aTaskIsQueuedThenRunningThenCounted() {
        AtomicLong nanos = new AtomicLong();
        NodeFigures figures = new NodeFigures(nanos::get);
        figures.taskQueued();
        figures.taskQueued();
        figures.taskTakenUp();
        figures.taskStarted();
        assertThat(figures.tasksQueued()).isEqualTo(1);
        assertThat(figures.tasksRunning()).isEqualTo(1);

        figures.taskEnded(60, 600);
        nanos.addAndGet(2_000_000_000L);
        assertThat(figures.tasksRunning()).isZero();
        assertThat(figures.localSteps()).isEqualTo(60);
        assertThat(figures.stepsPerSecond()).isEqualTo(30);
        assertThat(figures.examplesPerSecond()).isEqualTo(300);
    }

    @Test
    void aStoppedDeviceIsNoLongerLive() {
        NodeFigures figures = new NodeFigures(() -> 0);
        figures.deviceStarted();
        figures.deviceStarted();
        figures.deviceStopped();
        assertThat(figures.liveDevices()).isEqualTo(1);
    }
}
