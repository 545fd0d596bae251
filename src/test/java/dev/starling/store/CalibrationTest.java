package dev.starling.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On a clock that only the store and the training move, so that rates are known beforehand. */
class CalibrationTest {

    private static final Snapshot MODEL =
            Snapshot.of(new TensorLayout(List.of(new TensorSpec("w", List.of(2)))), new float[] {1, 2});

    private long now;

    @Test
    void ratesAreThoseOfTheStoreAndTheTraining() {
        // 50 µs a read and 10 ns a byte; 600 examples in 3 ms.
        Rates rates = new Calibration(() -> now)
                .measure(MODEL, MODEL, bytes -> now += 50_000 + 10L * bytes, 100, 1_000_000, () -> {
                    now += 3_000_000;
                    return 600;
                });
        assertThat(rates.storeBytesPerSecond()).isCloseTo(1e8, within(1.0));
        assertThat(rates.secondsPerRead()).isCloseTo(50e-6, within(1e-12));
        assertThat(rates.trainingExamplesPerSecond()).isCloseTo(200_000, within(1e-3));
    }

    @Test
    void codingIsMeasuredByTheModelsBytes() {
        // Each look at the clock takes 1 ms, and there is one after each call.
        Rates rates = new Calibration(() -> now += 1_000_000).measure(MODEL, MODEL, bytes -> {}, 1, 2, () -> 1);
        assertThat(rates.encodeBytesPerSecond()).isCloseTo(8 / 1e-3, within(1e-6));
        assertThat(rates.decodeBytesPerSecond()).isCloseTo(8 / 1e-3, within(1e-6));
    }

    /**
     * A machine on which everything takes a known time, but ten times as long until it is warm, and again whenever somebody
     * else is busy: two samples of seven.
     */
    private final class Machine implements Calibration.Coding, Calibration.Probe {

        private static final long COLD_NANOS = 60_000_000;
        private final long began = now;
        private long spentSinceWarm;

        private void take(long nanos) {
            long slow = now - began < 5 * COLD_NANOS || spentSinceWarm / 20_000_000 % 7 < 2 ? 10 : 1;
            if (now - began >= 5 * COLD_NANOS) {
                spentSinceWarm += slow * nanos;
            }
            now += slow * nanos;
        }

        @Override
        public void encode() {
            take(400_000);
        }

        @Override
        public void decode() {
            take(200_000);
        }

        @Override
        public void read(int bytes) {
            take(30_000 + 5L * bytes);
        }

        long train() {
            take(1_000_000);
            return 50;
        }
    }

    @Test
    void aColdAndBusyMachineIsMeasuredAsIfItWereWarmAndIdle() {
        Machine machine = new Machine();
        Rates rates = new Calibration(() -> now).measure(40_000, machine, machine, 64, 1 << 16, machine::train);
        assertThat(rates.encodeBytesPerSecond()).isCloseTo(40_000 / 400e-6, within(1e-3));
        assertThat(rates.decodeBytesPerSecond()).isCloseTo(40_000 / 200e-6, within(1e-3));
        assertThat(rates.storeBytesPerSecond()).isCloseTo(1 / 5e-9, within(1.0));
        assertThat(rates.secondsPerRead()).isCloseTo(30e-6, within(1e-9));
        assertThat(rates.trainingExamplesPerSecond()).isCloseTo(50_000, within(1e-3));
    }

    /** What the cost model predicts of a recovery is what the machine takes for it: one read, one decoding, nothing twice. */
    @Test
    void aRecoveryIsPredictedAsItsReadAndItsDecoding() {
        long[] took = {200_000, 30_000, 5};
        Calibration.Coding coding = new Calibration.Coding() {
            @Override
            public void encode() {
                now += 400_000;
            }

            @Override
            public void decode() {
                now += took[0];
            }
        };
        Rates rates = new Calibration(() -> now)
                .measure(40_000, coding, bytes -> now += took[1] + took[2] * bytes, 64, 1 << 16, () -> {
                    now += 1_000_000;
                    return 1;
                });
        StoragePolicy policy = new StoragePolicy(StoragePolicy.Mode.SNAPSHOT, 1000, 1, 1, 8, 10);
        VersionFacts facts = new VersionFacts(40_000, 33_000, Optional.empty(), Optional.empty(), Optional.empty());
        double predicted = new CostModel(policy, rates).costs(facts).get(0).recoverSeconds();
        assertThat(predicted).isCloseTo((took[1] + took[2] * 33_000 + took[0]) / 1e9, within(1e-12));
    }

    @Test
    void aTrainingThatDoesNothingIsRefused() {
        assertThatThrownBy(() -> new Calibration(() -> now += 1_000).measure(MODEL, MODEL, bytes -> {}, 1, 2, () -> 0))
                .hasMessageContaining("nothing to measure");
    }
}
