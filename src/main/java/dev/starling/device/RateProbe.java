package dev.starling.device;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.Calibration;
import dev.starling.store.Rates;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.ReadProbe;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** Measures the rates of a node when its store is opened; takes well below a second. */
final class RateProbe {

    /** Values of a model that are coded for the clock: the rate of large models is that of a part. */
    private static final int VALUES = 1 << 15;

    private static final int SMALL_BYTES = 64;
    private static final int LARGE_BYTES = 1 << 20;

    /** A little training of one device. */
    interface Trial {
        /** The base that it starts from. */
        Snapshot base();

        /** Trains one step and returns the result. */
        PersonalModel train();
    }

    private RateProbe() {}

    static Rates measure(ModelStore store, Trial trial, LongSupplier nanoTime) {
        LongSupplier training = () -> Math.max(1, trial.train().result().examples());
        Snapshot trained = part(trial.train().weights());
        try (ReadProbe probe = store.readProbe(SMALL_BYTES, LARGE_BYTES)) {
            return new Calibration(nanoTime)
                    .measure(trained, part(trial.base()), probe, SMALL_BYTES, LARGE_BYTES, training);
        }
    }

    private static Snapshot part(Snapshot model) {
        int count = Math.min(VALUES, model.layout().count());
        TensorLayout layout = new TensorLayout(List.of(new TensorSpec("part", List.of(count))));
        return Snapshot.of(layout, Arrays.copyOf(model.toFloats(), count));
    }
}
