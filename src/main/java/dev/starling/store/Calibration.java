package dev.starling.store;

import dev.starling.base.Median;
import dev.starling.model.Snapshot;
import dev.starling.store.form.VersionCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures {@link Rates} when a run starts, on a machine that has only just started too and may be busy. Everything is done
 * unmeasured first, until the JVM has compiled it. Then all rates are measured in turn, several times over, and the median of each
 * is taken: what disturbs the machine for a moment disturbs some of the samples of every rate, and none of the medians.
 */
public final class Calibration {

    /** How long each is done before it is measured. */
    private static final long WARM_NANOS = 60_000_000;

    /** A sample takes at least this long, to be told by the clock. */
    private static final long SAMPLE_NANOS = 3_000_000;

    private static final int SAMPLES = 7;

    /** What has taken so long is not sampled any more: a step of a large model takes a while, but is steady. */
    private static final long ENOUGH_NANOS = 250_000_000;

    private static final int MOST_REPETITIONS = 10_000;

    private final LongSupplier nanos;

    /** A store, as far as it is measured. */
    public interface Probe {

        /**
         * Reads an object of {@code bytes} bytes that was written before, past whatever cache the process itself has. Nothing is
         * decoded: that is measured apart, and would count twice.
         */
        void read(int bytes);
    }

    /** What a model's values are encoded and decoded by. */
    interface Coding {
        void encode();

        /** To values that are verified. */
        void decode();
    }

    /** One thing that is measured: says how many units it has done. */
    private final class Series {

        private final LongSupplier work;
        private final List<Double> secondsPerUnit = new ArrayList<>();
        private long spent;

        Series(LongSupplier work) {
            this.work = work;
        }

        Series warmed() {
            run(WARM_NANOS);
            secondsPerUnit.clear();
            return this;
        }

        void sample() {
            if (secondsPerUnit.isEmpty() || spent < ENOUGH_NANOS) {
                run(SAMPLE_NANOS);
            }
        }

        private void run(long least) {
            long units = 0;
            long elapsed = 0;
            long start = nanos.getAsLong();
            for (int i = 0; i < MOST_REPETITIONS && elapsed < least; i++) {
                long done = work.getAsLong();
                if (done < 1) {
                    throw new IllegalStateException("there was nothing to measure");
                }
                units += done;
                elapsed = nanos.getAsLong() - start;
            }
            spent += elapsed;
            secondsPerUnit.add(Math.max(1, elapsed) / 1e9 / units);
        }

        double median() {
            return Median.of(secondsPerUnit);
        }
    }

    /** @param nanos a clock that counts nanoseconds, as System.nanoTime does */
    public Calibration(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Rates for models like {@code trained} and {@code base}, a store, and a training.
     *
     * @param small bytes of an object whose read is all overhead; {@code large} is big enough to show the rate
     * @param training trains a little, and returns how many examples it looked at
     */
    public Rates measure(Snapshot trained, Snapshot base, Probe store, int small, int large, LongSupplier training) {
        byte[] delta = VersionCodec.encodeDelta(trained, base);
        Coding codec = new Coding() {
            @Override
            public void encode() {
                VersionCodec.encodeDelta(trained, base);
            }

            @Override
            public void decode() {
                ModelRoot.of(VersionCodec.decodeDelta(delta, base));
            }
        };
        return measure((double) trained.layout().bytes(), codec, store, small, large, training);
    }

    /** @param modelBytes of values that {@code coding} encodes and decodes */
    Rates measure(double modelBytes, Coding coding, Probe store, int small, int large, LongSupplier training) {
        if (small < 1 || large <= small) {
            throw new IllegalArgumentException(
                    "objects must be of 1 <= small < large bytes, got " + small + ", " + large);
        }
        Series encode = new Series(() -> one(coding::encode)).warmed();
        Series decode = new Series(() -> one(coding::decode)).warmed();
        Series readSmall = new Series(() -> one(() -> store.read(small))).warmed();
        Series readLarge = new Series(() -> one(() -> store.read(large))).warmed();
        Series train = new Series(training).warmed();
        for (int i = 0; i < SAMPLES; i++) {
            for (Series series : List.of(encode, decode, readSmall, readLarge, train)) {
                series.sample();
            }
        }
        double short_ = readSmall.median();
        double long_ = readLarge.median();
        // A line through two points; where noise makes the large read the faster one, all of it is taken for transfer.
        double perByte = long_ > short_ ? (long_ - short_) / (large - small) : long_ / large;
        double perRead = Math.max(short_ - small * perByte, 1e-9);
        return new Rates(
                1 / perByte, perRead, modelBytes / encode.median(), modelBytes / decode.median(), 1 / train.median());
    }

    private static long one(Runnable work) {
        work.run();
        return 1;
    }
}
