package dev.starling.metrics;

import java.util.List;

/** {@code dev.starling:type=Run}: the run of this process, to watch and to steer. */
public interface RunMXBean {

    String getName();

    /** One of the names of {@link Phase}. */
    String getPhase();

    /** The last committed round; 0 before the first. */
    int getRound();

    /** Rounds at most, personal sessions and app updates included. */
    int getMaxRounds();

    /** The running round as people read it, for example {@code session 2/3}; empty before the first. */
    String getStage();

    /** The base version that the next round starts from. */
    int getVersion();

    /** ISO-8601 in UTC; empty before the first round closed. */
    String getFleetTime();

    /** What {@link #getMetricHistory} measures: accuracy, loss, mae or rmse. */
    String getMetric();

    /** The last evaluated rounds, oldest first; at most {@link RunBean#HISTORY}. */
    List<MetricPoint> getMetricHistory();

    /** Reports of the running round that are in. */
    int getReporters();

    /** Reports that the running round waits for. */
    int getExpectedReporters();

    /** Simulated bytes to devices, whole run. */
    long getBytesDown();

    /** Simulated bytes from devices, whole run. */
    long getBytesUp();

    long getLocalSteps();

    /** Finishes the running round, then waits. */
    void pause();

    void resume();

    /** Ends the run; what is committed is kept and written. */
    void stop();
}
