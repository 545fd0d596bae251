package dev.starling.cli;

import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import java.util.List;

/** Passes everything on, and knows whether the run got past its start. */
final class StartWatch extends Listeners {

    private volatile boolean started;

    StartWatch(RunListener next) {
        super(List.of(next));
    }

    boolean started() {
        return started;
    }

    @Override
    public void started(RunInfo info) {
        started = true;
        super.started(info);
    }
}
