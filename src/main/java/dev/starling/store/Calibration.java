package dev.starling.store;

import dev.starling.model.Snapshot;
import dev.starling.store.form.VersionCodec;
import java.util.function.LongSupplier;

/**
 * Measures {@link Rates} when a run starts. What is measured is repeated until it has taken long enough to be told by the
 * clock, once unmeasured before.
 */
public final class Calibration {

    /** How long each rate is measured. */
    private static final long ENOUGH_NANOS = 20_000_000;

    private static final int MOST_REPETITIONS = 10_000;

    private final LongSupplier nanos;

    /** A store, as far as it is measured. */
    public interface Probe {

        /** Reads an object of {@code bytes} bytes that was written before, past whatever cache the process itself has. */
        void read(int bytes);
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
        if (small < 1 || large <= small) {
            throw new IllegalArgumentException(
                    "objects must be of 1 <= small < large bytes, got " + small + ", " + large);
        }
        byte[] delta = VersionCodec.encodeDelta(trained, base);
        double modelBytes = trained.layout().bytes();
        double encode = secondsEach(() -> VersionCodec.encodeDelta(trained, base).length);
        double decode =
                secondsEach(() -> VersionCodec.decodeDelta(delta, base).layout().count());
        double readSmall = secondsEach(() -> read(store, small));
        double readLarge = secondsEach(() -> read(store, large));
        // A line through two points; where noise makes the large read the faster one, all of it is taken for transfer.
        double perByte = readLarge > readSmall ? (readLarge - readSmall) / (large - small) : readLarge / large;
        double perRead = Math.max(readSmall - small * perByte, 1e-9);
        return new Rates(1 / perByte, perRead, modelBytes / encode, modelBytes / decode, 1 / secondsPerUnit(training));
    }

    private static long read(Probe store, int bytes) {
        store.read(bytes);
        return bytes;
    }

    /** Seconds per call of {@code work}, which returns more than 0. */
    private double secondsEach(LongSupplier work) {
        return secondsPerUnit(() -> Math.min(1, work.getAsLong()));
    }

    /** Seconds per unit of what {@code work} says it has done. */
    private double secondsPerUnit(LongSupplier work) {
        if (work.getAsLong() < 1) {
            throw new IllegalStateException("there was nothing to measure");
        }
        long units = 0;
        long start = nanos.getAsLong();
        long elapsed = 0;
        for (int i = 0; i < MOST_REPETITIONS && elapsed < ENOUGH_NANOS; i++) {
            units += work.getAsLong();
            elapsed = nanos.getAsLong() - start;
        }
        return Math.max(1, elapsed) / 1e9 / units;
    }
}
