package dev.starling.device;

import dev.starling.model.Architecture;
import dev.starling.model.Evaluator;
import dev.starling.model.LocalTrainer;
import dev.starling.model.Parameters;
import dev.starling.model.Snapshot;
import org.jspecify.annotations.Nullable;

/** What one training thread works with: its own copy of a base version, the weights in training, all buffers. */
public final class Workbench implements AutoCloseable {

    private final LocalTrainer trainer;
    private final Evaluator evaluator;
    private final Parameters base;
    private final Parameters weights;
    private final Parameters evaluated;
    private int loadedVersion = -1;
    private @Nullable Snapshot loadedSnapshot;

    public Workbench(Architecture architecture) {
        this.trainer = new LocalTrainer(architecture);
        this.evaluator = new Evaluator(architecture);
        this.base = Parameters.allocate(architecture.layout());
        this.weights = Parameters.allocate(architecture.layout());
        this.evaluated = Parameters.allocate(architecture.layout());
    }

    LocalTrainer trainer() {
        return trainer;
    }

    public Evaluator evaluator() {
        return evaluator;
    }

    /** The base to train from; copied once per version and thread. */
    Parameters base(BaseModel model) {
        if (loadedVersion != model.version()) {
            base.load(model.weights());
            loadedVersion = model.version();
        }
        return base;
    }

    /** The weights in training; whoever uses them sets them first. */
    Parameters weights() {
        return weights;
    }

    /** The weights of {@code snapshot}, to be read only; copied once for calls in a row with the same snapshot. */
    @SuppressWarnings("ReferenceEquality") // Comparing values would cost as much as copying them.
    public Parameters evaluated(Snapshot snapshot) {
        if (loadedSnapshot != snapshot) {
            evaluated.load(snapshot);
            loadedSnapshot = snapshot;
        }
        return evaluated;
    }

    @Override
    public void close() {
        trainer.close();
        evaluator.close();
        base.close();
        weights.close();
        evaluated.close();
    }
}
