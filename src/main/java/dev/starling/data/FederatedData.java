package dev.starling.data;

import dev.starling.model.Examples;
import java.util.List;

/**
 * A data set split over a fleet, featurized: who owns which examples. What devices see of them at a moment of fleet time
 * is up to {@link dev.starling.data.view.DeviceViews}. One read-only copy per node; what a device owns is computed on demand.
 * Safe to use from many threads.
 */
public interface FederatedData {

    int devices();

    DataShape shape();

    /** How many examples {@code device} trains on, without touching them: planning asks this for whole cohorts. */
    int trainingCount(int device);

    /** The examples that {@code device} trains on; what it holds back is not among them. */
    Examples training(int device);

    /** The examples that {@code device} holds back for its own evaluation; may be empty. */
    Examples heldOut(int device);

    /** How many training examples of each class {@code device} has; empty for regression. */
    List<Integer> labelCounts(int device);

    /** What is worth telling about this data. */
    default DataNotes notes() {
        return DataNotes.NONE;
    }

    /** What 0 in the source, black for images, has become in feature {@code feature}. */
    default float zero(int feature) {
        return 0;
    }

    /** The test set; empty if the data has none. */
    Examples test();

    /** The coordinator's own examples, for pre-training and for fitting the featurizer. */
    Examples proxy();
}
