package dev.starling.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.algorithm.AlgorithmSettings.Server;
import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.model.Delta;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerOptimizerTest {

    private static final TensorLayout LAYOUT = new TensorLayout(List.of(new TensorSpec("w", List.of(2))));

    private static ServerOptimizer optimizer(Server kind) {
        return ServerOptimizer.of(new ServerSettings(kind, 0.5, 0.5, 0.75, 0.5));
    }

    private static Snapshot base(float... values) {
        return Snapshot.of(LAYOUT, values);
    }

    private static Delta delta(double... values) {
        return Delta.of(values);
    }

    private static float[] afterTwo(Server kind) {
        ServerOptimizer optimizer = optimizer(kind);
        Snapshot first = optimizer.step(base(1, -2), delta(1, -0.25));
        return optimizer.step(first, delta(0.5, 0)).toFloats();
    }

    @Test
    void sgdWithRateOneAddsTheMeanDelta() {
        ServerOptimizer plain = ServerOptimizer.of(new ServerSettings(Server.SGD, 1, 0, 0, 0.1));
        assertThat(plain.step(base(1, -2), delta(0.25, 3)).toFloats()).containsExactly(1.25f, 1);
    }

    @Test
    void sgdScalesByItsRate() {
        assertThat(afterTwo(Server.SGD)).containsExactly(1.75f, -2.125f);
    }

    @Test
    void momentumKeepsHalfOfTheLastVelocity() {
        // v: 1, then 0.5 + 0.5 = 1; −0.25, then −0.125. w: 1 + 0.5 + 0.5; −2 − 0.125 − 0.0625.
        assertThat(afterTwo(Server.MOMENTUM)).containsExactly(2, -2.1875f);
    }

    @Test
    void momentumMovesByTheGeometricSeriesOfAConstantDelta() {
        ServerOptimizer optimizer = ServerOptimizer.of(new ServerSettings(Server.MOMENTUM, 1, 0.9, 0, 0.1));
        Snapshot snapshot = base(0, 0);
        double expected = 0;
        for (int t = 1; t <= 50; t++) {
            snapshot = optimizer.step(snapshot, delta(0.01, -0.02));
            expected += 0.01 * (1 - Math.pow(0.9, t)) / (1 - 0.9);
        }
        assertThat(snapshot.toFloats()[0]).isCloseTo((float) expected, within(1e-5f));
        assertThat(snapshot.toFloats()[1]).isCloseTo((float) (-2 * expected), within(2e-5f));
    }

    @Test
    void adagradAgreesWithAlgorithmTwoByHand() {
        // v: 0.25 + 1 = 1.25, then 1.5; 0.25 + 0.0625 = 0.3125, then the same. m is the delta itself.
        double w0 = 1 + 0.5 * 1 / (Math.sqrt(1.25) + 0.5) + 0.5 * 0.5 / (Math.sqrt(1.5) + 0.5);
        double w1 = -2 - 0.5 * 0.25 / (Math.sqrt(0.3125) + 0.5);
        assertClose(afterTwo(Server.ADAGRAD), w0, w1);
    }

    @Test
    void adamAgreesWithAlgorithmTwoByHand() {
        // m: 0.5, 0.5; −0.125, −0.0625. v: 0.75·0.25 + 0.25·1 = 0.4375, then 0.328125 + 0.0625 = 0.390625;
        // 0.1875 + 0.015625 = 0.203125, then 0.15234375.
        double w0 = 1 + 0.5 * 0.5 / (Math.sqrt(0.4375) + 0.5) + 0.5 * 0.5 / (0.625 + 0.5);
        double w1 = -2 - 0.5 * 0.125 / (Math.sqrt(0.203125) + 0.5) - 0.5 * 0.0625 / (Math.sqrt(0.15234375) + 0.5);
        assertClose(afterTwo(Server.ADAM), w0, w1);
    }

    @Test
    void yogiAgreesWithAlgorithmTwoByHand() {
        // v: 0.25 < 1, so 0.25 + 0.25 = 0.5, then 0.5 > 0.25, so 0.5 − 0.0625 = 0.4375;
        // 0.25 > 0.0625, so 0.25 − 0.015625 = 0.234375, then unchanged by a delta of 0.
        double w0 = 1 + 0.5 * 0.5 / (Math.sqrt(0.5) + 0.5) + 0.5 * 0.5 / (Math.sqrt(0.4375) + 0.5);
        double w1 = -2 - 0.5 * 0.125 / (Math.sqrt(0.234375) + 0.5) - 0.5 * 0.0625 / (Math.sqrt(0.234375) + 0.5);
        assertClose(afterTwo(Server.YOGI), w0, w1);
    }

    private static void assertClose(float[] values, double first, double second) {
        assertThat(values[0]).isCloseTo((float) first, within(3e-7f));
        assertThat(values[1]).isCloseTo((float) second, within(3e-7f));
    }

    @Test
    void thereIsNoBiasCorrection() {
        // With bias correction the first step of Adam would be close to η whatever the delta.
        ServerOptimizer adam = ServerOptimizer.of(new ServerSettings(Server.ADAM, 0.1, 0.9, 0.99, 1e-3));
        double v = 0.99 * 1e-6 + 0.01 * 1e-4;
        float moved = adam.step(base(0, 0), delta(0.01, 0)).toFloats()[0];
        assertThat(moved).isCloseTo((float) (0.1 * 0.001 / (Math.sqrt(v) + 1e-3)), within(1e-7f));
        assertThat(moved).isLessThan(0.06f);
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aRestoredOptimizerGoesOnWithTheSameBits(Server kind) {
        ServerOptimizer original = optimizer(kind);
        Snapshot first = original.step(base(1, -2), delta(0.3, -0.7));
        OptimizerState state = original.state();
        ServerOptimizer restored = optimizer(kind);
        restored.restore(state);
        assertThat(restored.state()).isEqualTo(state);
        Snapshot next = original.step(first, delta(0.11, 0.13));
        assertThat(restored.step(first, delta(0.11, 0.13))).isEqualTo(next);
        if (state.vectors() > 0) {
            assertThat(original.state())
                    .as("a state does not follow its optimizer")
                    .isNotEqualTo(state);
            assertThat(optimizer(kind).step(first, delta(0.11, 0.13)))
                    .as("what is remembered matters")
                    .isNotEqualTo(next);
        }
        state = optimizer(kind).state();
        restored.restore(state);
        assertThat(restored.step(base(1, -2), delta(0.3, -0.7))).isEqualTo(first);
    }

    @Test
    void aStateNeverLeaksItsArrays() {
        double[] values = {1, 2};
        OptimizerState state = OptimizerState.of(Server.MOMENTUM, values);
        values[0] = 9;
        state.vector(0)[1] = 9;
        assertThat(state.vector(0)).containsExactly(1, 2);
        ServerOptimizer optimizer = optimizer(Server.MOMENTUM);
        optimizer.restore(state);
        optimizer.step(base(0, 0), delta(1, 1));
        assertThat(state.vector(0)).containsExactly(1, 2);
    }

    @Test
    void aStateOfAnotherKindOrSizeIsRefused() {
        OptimizerState adam = OptimizerState.of(Server.ADAM, new double[3], new double[3]);
        assertThatThrownBy(() -> optimizer(Server.YOGI).restore(adam))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ADAM");
        ServerOptimizer optimizer = optimizer(Server.ADAM);
        optimizer.restore(adam);
        assertThatThrownBy(() -> optimizer.step(base(0, 0), delta(1, 1))).hasMessageContaining("got 3");
        assertThatThrownBy(() -> optimizer(Server.SGD).step(base(0, 0), delta(1)))
                .hasMessageContaining("the mean delta must have as many values as the base (2), got 1");
    }
}
