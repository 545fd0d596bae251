package dev.starling.cli;

import dev.starling.data.view.Skew;
import dev.starling.metrics.KeptFigures;
import dev.starling.metrics.Phase;
import dev.starling.metrics.Resumed;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RoundStage;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.metrics.StoreWait;
import dev.starling.model.Evaluation;

/** Passes everything on, and knows whether the run got past its start. */
final class StartWatch implements RunListener {

    private final RunListener next;
    private volatile boolean started;

    StartWatch(RunListener next) {
        this.next = next;
    }

    boolean started() {
        return started;
    }

    @Override
    public void started(RunInfo info) {
        started = true;
        next.started(info);
    }

    @Override
    public void skew(Skew skew) {
        next.skew(skew);
    }

    @Override
    public void resumed(Resumed resumed) {
        next.resumed(resumed);
    }

    @Override
    public void phase(Phase phase) {
        next.phase(phase);
    }

    @Override
    public void firstBase(Evaluation test) {
        next.firstBase(test);
    }

    @Override
    public void opens(RoundStage stage) {
        next.opens(stage);
    }

    @Override
    public void progress(int round, int reported, int expected) {
        next.progress(round, reported, expected);
    }

    @Override
    public void roundCommitted(RoundRecord round) {
        next.roundCommitted(round);
    }

    @Override
    public void store(StoreWait state) {
        next.store(state);
    }

    @Override
    public void kept(KeptFigures figures) {
        next.kept(figures);
    }

    @Override
    public void finished(RunOutcome outcome) {
        next.finished(outcome);
    }
}
