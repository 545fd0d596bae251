package dev.starling.model;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.model.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseGradientTest {

    @BeforeAll
    static void start() {
        Backend.start();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void gradientIsTheSlopeOfTheLoss(long seed) {
        Rng rng = new Seeds(seed).of(Purpose.PARTITION);
        List<LayerSpec> layers = new ArrayList<>();
        // ReLU has kinks that differences step over: it is checked against golden values instead.
        Activation[] smooth = {Activation.LINEAR, Activation.TANH, Activation.SIGMOID};
        for (int i = rng.nextInt(3); i > 0; i--) {
            layers.add(new LayerSpec.Dense(1 + rng.nextInt(37), smooth[rng.nextInt(3)]));
        }
        int outputs = 2 + rng.nextInt(9);
        layers.add(new LayerSpec.Dense(outputs, Activation.LINEAR));
        Loss loss = seed % 2 == 0 ? Loss.MSE : Loss.CROSS_ENTROPY;
        Architecture architecture =
                Architecture.of(new ModelSettings(layers, loss, Initializer.HE), List.of(1 + rng.nextInt(41)), outputs);
        int rows = seed % 3 == 0 ? 1 : 1 + rng.nextInt(19);
        GradientCheck.check(architecture, rows, seed, Kernels.fastest());
        GradientCheck.check(architecture, rows, seed, Kernels.plain());
    }
}
