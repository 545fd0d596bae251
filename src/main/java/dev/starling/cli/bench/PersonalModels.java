package dev.starling.cli.bench;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.data.FederatedData;
import dev.starling.model.Activation;
import dev.starling.model.Architecture;
import dev.starling.model.Examples;
import dev.starling.model.Initializer;
import dev.starling.model.LayerSpec;
import dev.starling.model.LocalSettings;
import dev.starling.model.LocalTrainer;
import dev.starling.model.Loss;
import dev.starling.model.ModelSettings;
import dev.starling.model.NamedModels;
import dev.starling.model.Parameters;
import dev.starling.model.Snapshot;
import java.util.List;

/**
 * A base model of house prices, and the personal models that any number of devices make of it with plain SGD on their own
 * biased slices. The same device makes the same bits again. Not thread-safe.
 */
final class PersonalModels implements AutoCloseable {

    /** Examples of a device. */
    static final int SLICE = 25;

    private static final LocalSettings BASE = new LocalSettings(200, 32, 0.002, 0, 0, 0, true);
    /** On biased slices ten times this step diverges. */
    private static final LocalSettings PERSONAL = new LocalSettings(10, 10, 1e-4, 0, 0, 0, true);

    private static final int NUMERICAL = 11;

    private final Seeds seeds = new Seeds(1);
    private final Examples examples;
    private final int[][] orders;
    private final LocalTrainer whole;
    private final LocalTrainer head;
    private final Snapshot base;
    private final Parameters before;
    private final Parameters after;

    PersonalModels(FederatedData data) {
        this.examples = data.training(0);
        this.orders = BiasedSlice.orders(examples, NUMERICAL);
        Architecture architecture = architecture(false, data);
        this.whole = new LocalTrainer(architecture);
        this.head = new LocalTrainer(architecture(true, data));
        Snapshot first = architecture.initial(Initializer.HE, seeds.of(Purpose.INITIAL_MODEL));
        this.after = Parameters.allocate(architecture.layout());
        try (Parameters start = Parameters.of(first)) {
            whole.train(start, after, data.proxy(), BASE, Integer.MAX_VALUE, seeds.of(Purpose.PRE_TRAINING));
        }
        this.base = after.snapshot();
        this.before = Parameters.of(base);
    }

    private static Architecture architecture(boolean headOnly, FederatedData data) {
        LayerSpec last = new LayerSpec.Dense(1, Activation.LINEAR);
        List<LayerSpec> layers = NamedModels.layers("housing", 1).stream()
                .map(layer -> headOnly && !layer.equals(last) ? new LayerSpec.Marked(layer, false, false) : layer)
                .toList();
        return Architecture.of(
                new ModelSettings(layers, Loss.MSE, Initializer.HE),
                data.shape().input(),
                data.shape().outputs());
    }

    Snapshot base() {
        return base;
    }

    /** Local steps of one training. */
    int steps() {
        return PERSONAL.epochs() * PERSONAL.stepsPerEpoch(SLICE);
    }

    /** The model of {@code device}, all layers trained. */
    Snapshot personal(int device) {
        return trained(whole, device);
    }

    /** The model of {@code device}, only its last layer trained. */
    Snapshot fineTunedHead(int device) {
        return trained(head, device);
    }

    private Snapshot trained(LocalTrainer trainer, int device) {
        Examples own = BiasedSlice.of(examples, orders, SLICE, seeds.of(Purpose.PARTITION, device));
        var result = trainer.train(before, after, own, PERSONAL, Integer.MAX_VALUE, seeds.of(Purpose.SHUFFLE, device));
        if (result.diverged()) {
            throw new IllegalStateException("device " + device + " diverged at step " + result.divergedAtStep());
        }
        return Snapshot.of(base.layout(), after.floats());
    }

    @Override
    public void close() {
        whole.close();
        head.close();
        before.close();
        after.close();
    }
}
