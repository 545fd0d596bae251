package dev.starling.coordinator;

import dev.starling.algorithm.OptimizerState;
import dev.starling.device.BaseModel;
import java.util.List;

/**
 * What cannot be had again without training, after a committed round: the rest of a run follows from its plans and the
 * outcomes of its rounds.
 *
 * @param round the last one committed; 0 before the first
 * @param bases every base that the next round may need, each version once
 * @param wallSeconds that the run took until then
 */
record SavedState(int round, List<BaseModel> bases, OptimizerState optimizer, double wallSeconds) {

    SavedState {
        bases = List.copyOf(bases);
    }
}
