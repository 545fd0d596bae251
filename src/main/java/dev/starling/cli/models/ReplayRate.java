package dev.starling.cli.models;

import dev.starling.store.ModelRoot;
import dev.starling.store.ReplayNeededException;
import dev.starling.store.Replayer;
import java.util.Optional;

/** How fast devices are trained again, measured on the first versions of a sample. */
final class ReplayRate {

    private static final int TRIED = 5;

    private ReplayRate() {}

    /** Seconds per example; empty if nobody can train them here, or they do not give the same bits. */
    static Optional<Double> measure(CostSample sample, Replayer replayer) {
        double seconds = 0;
        long examples = 0;
        int tried = 0;
        for (CostSample.Drawn drawn : sample.drawn()) {
            boolean known = drawn.record().recipe().isPresent()
                    && drawn.record().metrics().isPresent();
            if (!known || tried > TRIED) {
                continue;
            }
            try {
                long begun = System.nanoTime();
                var again = replayer.replay(drawn.record(), sample.base(drawn));
                double took = (System.nanoTime() - begun) / 1e9;
                if (!ModelRoot.of(again).equals(drawn.record().root())) {
                    return Optional.empty();
                }
                // The first one brings up kernels and data.
                if (tried++ > 0) {
                    seconds += took;
                    examples += drawn.record().metrics().orElseThrow().examples();
                }
            } catch (ReplayNeededException e) {
                return Optional.empty();
            }
        }
        return examples == 0 ? Optional.empty() : Optional.of(seconds / examples);
    }
}
