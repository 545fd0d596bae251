package dev.starling.algorithm;

import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.model.Delta;
import dev.starling.model.Snapshot;

/**
 * Turns the mean delta of a round into the next base version: the mean delta is taken as a negative gradient (Reddi
 * et al., ICLR 2021, algorithm 1). Computed in double, one value at a time and in order, so that the same inputs give
 * the same bits everywhere; only the new base is rounded to float32. Tensors that are not trained, running
 * statistics, move by the mean delta itself, whatever the kind. Not thread-safe.
 */
public interface ServerOptimizer {

    /** An optimizer that has seen nothing yet. */
    static ServerOptimizer of(ServerSettings settings) {
        return settings.kind().make(settings);
    }

    /**
     * The base that follows {@code base}. Throws IllegalArgumentException if {@code meanDelta}, or the state so far,
     * has another number of values than {@code base}.
     */
    Snapshot step(Snapshot base, Delta meanDelta);

    /** What this optimizer remembers between rounds, as it is now. */
    OptimizerState state();

    /** Goes on from {@code state}; throws IllegalArgumentException if it is the state of another kind. */
    void restore(OptimizerState state);
}
