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
    private final LocalTrainer personalTrainer;
    private final Evaluator evaluator;
    private final Parameters base;
    private final Parameters weights;
    private final Parameters evaluated;
    private int loadedVersion = -1;
    private @Nullable Snapshot loadedSnapshot;
    // Only devices that go on from their own model need it.
    private @Nullable Parameters own;

    public Workbench(Architecture architecture) {
        this(architecture, architecture);
    }

    /** @param personal the same model with the layers frozen that personal training leaves alone */
    @SuppressWarnings("ReferenceEquality") // One trainer does for one architecture.
    public Workbench(Architecture architecture, Architecture personal) {
        this.trainer = new LocalTrainer(architecture);
        this.personalTrainer = personal == architecture ? trainer : new LocalTrainer(personal);
        this.evaluator = new Evaluator(architecture);
        this.base = Parameters.allocate(architecture.layout());
        this.weights = Parameters.allocate(architecture.layout());
        this.evaluated = Parameters.allocate(architecture.layout());
    }

    LocalTrainer trainer() {
        return trainer;
    }

    LocalTrainer personalTrainer() {
        return personalTrainer;
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

    /** The values of {@code start}, a device's own model, to train on from. */
    Parameters own(Snapshot start) {
        Parameters values = own == null ? Parameters.allocate(start.layout()) : own;
        own = values;
        values.load(start);
        return values;
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
    @SuppressWarnings("ReferenceEquality") // What is one must not be freed twice.
    public void close() {
        trainer.close();
        if (personalTrainer != trainer) {
            personalTrainer.close();
        }
        evaluator.close();
        base.close();
        weights.close();
        evaluated.close();
        if (own != null) {
            own.close();
        }
    }
}
