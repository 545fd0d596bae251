package dev.starling.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.util.List;
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
        // Each look at the clock takes 1 ms: after 20 calls, enough has been measured.
        Rates rates = new Calibration(() -> now += 1_000_000).measure(MODEL, MODEL, bytes -> {}, 1, 2, () -> 1);
        assertThat(rates.encodeBytesPerSecond()).isCloseTo(8 / 1e-3, within(1e-6));
        assertThat(rates.decodeBytesPerSecond()).isCloseTo(8 / 1e-3, within(1e-6));
    }

    @Test
    void aTrainingThatDoesNothingIsRefused() {
        assertThatThrownBy(() -> new Calibration(() -> now += 1_000).measure(MODEL, MODEL, bytes -> {}, 1, 2, () -> 0))
                .hasMessageContaining("nothing to measure");
    }
}
