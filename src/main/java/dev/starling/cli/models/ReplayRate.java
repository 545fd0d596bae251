package dev.starling.cli.models;

import dev.starling.base.Median;
import dev.starling.store.ModelRoot;
import dev.starling.store.ReplayNeededException;
import dev.starling.store.Replayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How fast devices are trained again, measured on the first versions of a sample. */
final class ReplayRate {

    /** Trained again: the first ones bring up kernels and data, and are not measured. */
    private static final int WARMING = 3;

    private static final int MEASURED = 9;

    private ReplayRate() {}

    /** Median seconds per example; empty if nobody can train them here, or they do not give the same bits. */
    static Optional<Double> measure(CostSample sample, Replayer replayer) {
        List<Double> secondsPerExample = new ArrayList<>();
        int tried = 0;
        for (CostSample.Drawn drawn : sample.drawn()) {
            boolean known = drawn.replayable() && drawn.record().metrics().isPresent();
            if (!known || secondsPerExample.size() == MEASURED) {
                continue;
            }
            try {
                long begun = System.nanoTime();
                var again = replayer.replay(drawn.record(), sample.start(drawn));
                double took = (System.nanoTime() - begun) / 1e9;
                if (!ModelRoot.of(again).equals(drawn.record().root())) {
                    return Optional.empty();
                }
                long examples = drawn.record().metrics().orElseThrow().examples();
                if (tried++ >= WARMING && examples > 0) {
                    secondsPerExample.add(took / examples);
                }
            } catch (ReplayNeededException e) {
                return Optional.empty();
            }
        }
        return secondsPerExample.isEmpty() ? Optional.empty() : Optional.of(Median.of(secondsPerExample));
    }
}
