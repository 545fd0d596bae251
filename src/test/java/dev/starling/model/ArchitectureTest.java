package dev.starling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.InputException;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final Architecture TWO_HIDDEN = Architecture.of(
            TestModels.model(
                    Loss.CROSS_ENTROPY,
                    new LayerSpec.Dense(200, Activation.RELU),
                    new LayerSpec.Dense(200, Activation.RELU),
                    new LayerSpec.Dense(10, Activation.LINEAR)),
            List.of(1, 28, 28),
            10);

    @Test
    void countsParametersAndOperations() {
        assertThat(TWO_HIDDEN.layout().count()).isEqualTo(199_210);
        assertThat(TWO_HIDDEN.layout().tensors().get(0)).isEqualTo(new TensorSpec("0.dense.weight", List.of(200, 784)));
        assertThat(TWO_HIDDEN.layout().tensors().get(5)).isEqualTo(new TensorSpec("2.dense.bias", List.of(10)));
        assertThat(TWO_HIDDEN.forwardFlopsPerExample()).isEqualTo(2.0 * (784 * 200 + 200 * 200 + 200 * 10));
        assertThat(TWO_HIDDEN.flopsPerExample() * 10 / 1e6).isCloseTo(8.8, within(0.05));
    }

    @Test
    void namesTheLayerThatDoesNotFit() {
        assertThatThrownBy(() -> Architecture.of(
                        TestModels.model(Loss.MSE, new LayerSpec.Dense(3, Activation.LINEAR)), List.of(5), 2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("model.layers[0]")
                .hasMessageContaining("must have 2 outputs")
                .hasMessageContaining("got 3");
        assertThatThrownBy(() -> Architecture.of(
                        TestModels.model(
                                Loss.MSE,
                                new LayerSpec.Dense(0, Activation.LINEAR),
                                new LayerSpec.Dense(2, Activation.LINEAR)),
                        List.of(5),
                        2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("model.layers[0]")
                .hasMessageContaining("units must be >= 1, got 0");
    }

    @Test
    void initialisersHaveTheSpreadOfTheirPapers() {
        float[] he = TWO_HIDDEN
                .initial(Initializer.HE, new Seeds(1).of(Purpose.INITIAL_MODEL))
                .toFloats();
        double sum = 0;
        for (int i = 0; i < 784 * 200; i++) {
            sum += (double) he[i] * he[i];
        }
        assertThat(sum / (784 * 200)).isCloseTo(2.0 / 784, within(2.0 / 784 * 0.02));
        assertThat(he[784 * 200]).isZero();

        float[] glorot = TWO_HIDDEN
                .initial(Initializer.GLOROT, new Seeds(1).of(Purpose.INITIAL_MODEL))
                .toFloats();
        double limit = Math.sqrt(6.0 / 984);
        double largest = 0;
        for (int i = 0; i < 784 * 200; i++) {
            largest = Math.max(largest, Math.abs(glorot[i]));
        }
        assertThat(largest).isBetween(limit * 0.999, limit);
    }
}
