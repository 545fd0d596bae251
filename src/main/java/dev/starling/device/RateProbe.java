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

/** Measures the rates of a node when its store is opened; takes about a second. */
final class RateProbe {

    /** Values of a model that are coded for the clock: the rate of large models is that of a part. */
    private static final int VALUES = 1 << 15;

    private static final long WARM_NANOS = 150_000_000;
    private static final long LONG_NANOS = 10_000_000;
    private static final int MOST_STEPS = 1 << 20;

    /** Somebody else may be busy during one of them. */
    private static final int TRIES = 3;

    private static final int SMALL_BYTES = 64;
    private static final int LARGE_BYTES = 1 << 20;

    /** A little training of one device. */
    interface Trial {
        /** The base that it starts from. */
        Snapshot base();

        /** Trains at most so many steps and returns the result. */
        PersonalModel train(int steps);
    }

    private RateProbe() {}

    static Rates measure(ModelStore store, Trial trial, LongSupplier nanoTime) {
        int steps = steps(trial, nanoTime);
        LongSupplier training = () -> Math.max(1, trial.train(steps).result().examples());
        Snapshot trained = part(trial.train(1).weights());
        try (ReadProbe probe = store.readProbe(SMALL_BYTES, LARGE_BYTES)) {
            return new Calibration(nanoTime)
                    .measure(trained, part(trial.base()), probe, SMALL_BYTES, LARGE_BYTES, training);
        }
    }

    /**
     * As many steps as real trainings have, or as take a while: to begin and to end a training takes time too, which a device
     * spends once in all its steps. Before it is compiled a single step takes as long as all of them later.
     */
    private static int steps(Trial trial, LongSupplier nanoTime) {
        long begun = nanoTime.getAsLong();
        do {
            trial.train(1);
        } while (nanoTime.getAsLong() - begun < WARM_NANOS);
        int steps = 1;
        while (true) {
            int done = 0;
            long fastest = Long.MAX_VALUE;
            for (int i = 0; i < TRIES; i++) {
                long start = nanoTime.getAsLong();
                done = trial.train(steps).result().steps();
                fastest = Math.min(fastest, nanoTime.getAsLong() - start);
            }
            if (done < steps || steps >= MOST_STEPS || fastest > LONG_NANOS) {
                return steps;
            }
            steps *= 2;
        }
    }

    private static Snapshot part(Snapshot model) {
        int count = Math.min(VALUES, model.layout().count());
        TensorLayout layout = new TensorLayout(List.of(new TensorSpec("part", List.of(count))));
        return Snapshot.of(layout, Arrays.copyOf(model.toFloats(), count));
    }
}
