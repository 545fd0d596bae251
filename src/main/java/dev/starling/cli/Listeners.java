package dev.starling.cli;

import dev.starling.data.view.Skew;
import dev.starling.metrics.FailedDevices;
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
import java.util.List;

/** Several listeners as one; each is told in order. */
class Listeners implements RunListener {

    private final List<RunListener> all;

    Listeners(List<RunListener> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void started(RunInfo info) {
        all.forEach(listener -> listener.started(info));
    }

    @Override
    public void skew(Skew skew) {
        all.forEach(listener -> listener.skew(skew));
    }

    @Override
    public void resumed(Resumed resumed) {
        all.forEach(listener -> listener.resumed(resumed));
    }

    @Override
    public void phase(Phase phase) {
        all.forEach(listener -> listener.phase(phase));
    }

    @Override
    public void firstBase(Evaluation test) {
        all.forEach(listener -> listener.firstBase(test));
    }

    @Override
    public void nodes(int members, int unreachable) {
        all.forEach(listener -> listener.nodes(members, unreachable));
    }

    @Override
    public void opens(RoundStage stage) {
        all.forEach(listener -> listener.opens(stage));
    }

    @Override
    public void progress(int round, int reported, int expected) {
        all.forEach(listener -> listener.progress(round, reported, expected));
    }

    @Override
    public void roundCommitted(RoundRecord round) {
        all.forEach(listener -> listener.roundCommitted(round));
    }

    @Override
    public void store(StoreWait state) {
        all.forEach(listener -> listener.store(state));
    }

    @Override
    public void unevaluated(List<FailedDevices> devices) {
        all.forEach(listener -> listener.unevaluated(devices));
    }

    @Override
    public void kept(KeptFigures figures) {
        all.forEach(listener -> listener.kept(figures));
    }

    @Override
    public void saving(double seconds) {
        all.forEach(listener -> listener.saving(seconds));
    }

    @Override
    public void finished(RunOutcome outcome) {
        all.forEach(listener -> listener.finished(outcome));
    }
}
