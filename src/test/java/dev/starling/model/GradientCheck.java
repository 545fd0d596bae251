package dev.starling.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.model.kernel.Kernels;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;

/**
 * Compares gradients with central differences of the loss: along random directions, (L(w + εd) − L(w − εd)) ÷ 2ε must be
 * the inner product of gradient and direction.
 */
final class GradientCheck {

    private static final int DIRECTIONS = 4;

    private GradientCheck() {}

    static void check(Architecture architecture, int rows, long seed, Kernels kernels) {
        check(architecture, TestModels.examples(architecture, rows, seed), seed, kernels);
    }

    static void check(Architecture architecture, ArrayExamples examples, long seed, Kernels kernels) {
        int rows = examples.count();
        int[] order = IntStream.range(0, rows).toArray();
        Rng rng = new Seeds(seed).of(Purpose.DURATION);
        float[] weights = TestModels.randomised(architecture, seed).toFloats();
        try (LocalTrainer trainer = new LocalTrainer(architecture, kernels);
                Parameters at = Parameters.of(Snapshot.of(architecture.layout(), weights));
                Parameters gradient = Parameters.allocate(architecture.layout())) {
            trainer.gradient(at, gradient, examples, order, 0, rows);
            float[] computed = gradient.snapshot().toFloats();
            for (int tensor = 0; tensor < architecture.layout().tensors().size(); tensor++) {
                if (!architecture.layout().tensors().get(tensor).trainable()) {
                    continue;
                }
                int offset = architecture.layout().offset(tensor);
                int count = architecture.layout().tensors().get(tensor).count();
                for (int d = 0; d < DIRECTIONS; d++) {
                    float[] direction = unit(count, rng);
                    double expected = slope(trainer, architecture, examples, order, weights, offset, direction);
                    double actual = 0;
                    for (int i = 0; i < count; i++) {
                        actual += (double) computed[offset + i] * direction[i];
                    }
                    assertThat(actual)
                            .as(
                                    "seed %d, %s",
                                    seed, architecture.layout().tensors().get(tensor))
                            .isCloseTo(expected, Offset.offset(2e-3 + 1e-2 * Math.abs(expected)));
                }
            }
        }
    }

    /** Slope of the mean loss along a direction in one tensor; ε is large, for float32 losses have 7 digits. */
    private static double slope(
            LocalTrainer trainer,
            Architecture architecture,
            Examples examples,
            int[] order,
            float[] weights,
            int offset,
            float[] direction) {
        double epsilon = 2e-3;
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            float[] moved = weights.clone();
            for (int i = 0; i < direction.length; i++) {
                moved[offset + i] += (float) ((side == 0 ? epsilon : -epsilon) * direction[i]);
            }
            try (Parameters there = Parameters.of(Snapshot.of(architecture.layout(), moved));
                    Parameters unused = Parameters.allocate(architecture.layout())) {
                losses[side] = trainer.gradient(there, unused, examples, order, 0, order.length)
                        .meanLoss();
            }
        }
        return (losses[0] - losses[1]) / (2 * epsilon);
    }

    private static float[] unit(int count, Rng rng) {
        float[] direction = TestModels.gaussians(count, rng);
        double norm = 0;
        for (float value : direction) {
            norm += (double) value * value;
        }
        for (int i = 0; i < count; i++) {
            direction[i] /= (float) Math.sqrt(norm);
        }
        return direction;
    }
}
