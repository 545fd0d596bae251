package dev.starling.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkTest {

    private static final Benchmark SHORT = new Benchmark(1, 2, 0.02);

    @ParameterizedTest
    @ValueSource(
            strings = {"mlp-200-200", "logistic-60-10", "mnist-cnn", "resnet20", "housing", "evaluate-mlp-200-200"})
    void everyWorkloadTrains(String name) {
        Measurement measured = SHORT.measure(Workload.named(name).orElseThrow(), 2, 50);
        assertThat(measured.stepsPerSecond()).isPositive().isFinite();
        assertThat(measured.threads()).isEqualTo(2);
        assertThat(measured.bytesPerStep()).isNotNegative().isLessThan(10_000);
    }

    @Test
    void everyFormOfTheStoreIsMeasuredAndDeltasAreSmaller() {
        List<CodecBenchmark.Result> results = new CodecBenchmark(1).measure();
        assertThat(results)
                .extracting(CodecBenchmark.Result::form)
                .containsExactly("snapshot", "delta", "int8 adopted", "int4 adopted");
        assertThat(results).isSortedAccordingTo((a, b) -> Integer.compare(b.bytes(), a.bytes()));
        assertThat(results.get(0).bitsPerParameter()).isBetween(24.0, 32.0);
    }

    /** Counted by hand: three matrix products a layer (no input gradient in the first), two FLOP a multiply-add. */
    @Test
    void flopsAreThoseOfTheMatrixProducts() {
        double byHand = 10 * 2.0 * (2 * 784 * 200 + 3 * 200 * 200 + 3 * 200 * 10);
        Measurement measured = SHORT.measure(Workload.named("mlp-200-200").orElseThrow(), 1, 50);
        assertThat(measured.flopsPerStep()).isCloseTo(byHand, within(0.02 * byHand));
    }

    @Test
    void threadsShareTheWorkAndThePeak() {
        Measurement two = new Measurement("x", 2, 4000, 10, 1e7, 0, 50);
        assertThat(two.microsPerStep()).isEqualTo(500);
        assertThat(two.examplesPerSecond()).isEqualTo(40_000);
        assertThat(two.gflops()).isEqualTo(40);
        assertThat(two.shareOfPeak()).isEqualTo(0.4);
        assertThat(two.json())
                .containsKeys(
                        "workload",
                        "threads",
                        "microsPerStep",
                        "stepsPerSecond",
                        "gflops",
                        "shareOfPeak",
                        "bytesPerStep",
                        "peakGflops");
    }
}
