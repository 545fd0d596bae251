package dev.starling.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows a run and shows it over JMX; passes what people ask on to its {@link RunControl}. Thread-safe. */
public final class RunBean implements RunMXBean, RunListener {

    /** Rounds kept in the metric history. */
    public static final int HISTORY = 100;

    private final RunControl control;
    private final Deque<MetricPoint> history = new ArrayDeque<>();

    private @Nullable RunInfo info;
    private Phase phase = Phase.STARTING;
    private RunTotals totals = RunTotals.NONE;
    private @Nullable RoundRecord last;
    private @Nullable RoundStage stage;
    private int reporters;
    private int expectedReporters;

    public RunBean(RunControl control) {
        this.control = control;
    }

    @Override
    public synchronized void started(RunInfo started) {
        info = started;
    }

    @Override
    public synchronized void phase(Phase next) {
        phase = next;
    }

    @Override
    public synchronized void opens(RoundStage next) {
        stage = next;
    }

    @Override
    public synchronized void progress(int round, int reported, int expected) {
        reporters = reported;
        expectedReporters = expected;
    }

    @Override
    public synchronized void roundCommitted(RoundRecord round) {
        totals = totals.plus(round);
        last = round;
        RunInfo started = info;
        if (started != null && round.evaluation().isPresent()) {
            history.addLast(new MetricPoint(
                    round.round(), started.metricOf(round.evaluation().get())));
            if (history.size() > HISTORY) {
                history.removeFirst();
            }
        }
    }

    @Override
    public synchronized void finished(RunOutcome outcome) {
        phase = outcome.phase();
    }

    @Override
    public synchronized String getName() {
        return info == null ? "" : info.scenario();
    }

    @Override
    public synchronized String getPhase() {
        return phase.name();
    }

    @Override
    public synchronized int getRound() {
        return last == null ? 0 : last.round();
    }

    @Override
    public synchronized int getMaxRounds() {
        return stage != null ? stage.lastRound() : info == null ? 0 : info.maxRounds();
    }

    @Override
    public synchronized String getStage() {
        return stage == null ? "" : stage.text();
    }

    @Override
    public synchronized int getVersion() {
        return last == null ? 0 : last.version();
    }

    @Override
    public synchronized String getFleetTime() {
        return last == null ? "" : last.closes().toString();
    }

    @Override
    public synchronized String getMetric() {
        return info == null ? "" : info.metric();
    }

    @Override
    public synchronized List<MetricPoint> getMetricHistory() {
        return List.copyOf(history);
    }

    @Override
    public synchronized int getReporters() {
        return reporters;
    }

    @Override
    public synchronized int getExpectedReporters() {
        return expectedReporters;
    }

    @Override
    public synchronized long getBytesDown() {
        return totals.downBytes();
    }

    @Override
    public synchronized long getBytesUp() {
        return totals.upBytes();
    }

    @Override
    public synchronized long getLocalSteps() {
        return totals.localSteps();
    }

    // Not synchronized: whoever is told of the wish may be waiting for a listener call to end.

    @Override
    public void pause() {
        control.pause();
    }

    @Override
    public void resume() {
        control.resume();
    }

    @Override
    public void stop() {
        control.stop();
    }
}
