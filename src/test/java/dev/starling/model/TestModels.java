package dev.starling.model;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import java.util.List;

/** Small models and random examples for tests; everything follows from the seed. */
final class TestModels {

    private TestModels() {}

    static ModelSettings model(Loss loss, LayerSpec... layers) {
        return new ModelSettings(List.of(layers), loss, Initializer.GLOROT);
    }

    /** Rows of standard normal features with random labels below {@code outputs}, or random targets. */
    static ArrayExamples examples(Architecture architecture, int rows, long seed) {
        Rng rng = new Seeds(seed).of(Purpose.GENERATE_DATA);
        float[] features = gaussians(rows * architecture.inputs(), rng);
        if (architecture.loss() == Loss.CROSS_ENTROPY) {
            float[] labels = new float[rows];
            for (int i = 0; i < rows; i++) {
                labels[i] = rng.nextInt(architecture.outputs());
            }
            return ArrayExamples.classified(features, rows, labels);
        }
        return ArrayExamples.targeted(features, rows, gaussians(rows * architecture.outputs(), rng));
    }

    static float[] gaussians(int count, Rng rng) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) rng.nextGaussian();
        }
        return values;
    }

    /** All parameters random, biases too, so that nothing hides behind a zero. */
    static Snapshot randomised(Architecture architecture, long seed) {
        Rng rng = new Seeds(seed).of(Purpose.INITIAL_MODEL);
        float[] values = architecture.initial(Initializer.GLOROT, rng).toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] += 0.1f * (float) rng.nextGaussian();
        }
        return Snapshot.of(architecture.layout(), values);
    }

    static Rng shuffle(long seed) {
        return new Seeds(seed).of(Purpose.SHUFFLE, 7, 3);
    }
}
