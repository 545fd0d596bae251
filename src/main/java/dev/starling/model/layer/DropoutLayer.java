package dev.starling.model.layer;

import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;

/**
 * Dropout. Whether a value stays follows from (key of the training, step, layer, index) alone: no stream to keep in
 * step, and the backward pass asks again instead of remembering.
 */
final class DropoutLayer extends BufferedLayer {

    private static final int BLOCK = 1024;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final int number;
    private final long threshold;
    private final float scale;
    private final float[] values = new float[BLOCK];

    private DropoutLayer(Plan plan) {
        super(plan.output.width(), plan.output.width());
        number = plan.number;
        threshold = (long) (plan.rate * 0x1.0p63);
        scale = (float) (1 / (1 - plan.rate));
    }

    @Override
    public void forward(FloatMemory input, Step step) {
        if (step.isTraining()) {
            drop(input, output(), step);
        } else {
            output().copy(0, input, 0, step.examples() * inputs());
        }
    }

    @Override
    public void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
        if (inputGradientWanted) {
            drop(outputGradient, roomForGradient(step.examples()), step);
        }
    }

    private void drop(FloatMemory from, FloatMemory to, Step step) {
        int count = step.examples() * inputs();
        long stream = mix(mix(step.key() + GOLDEN_GAMMA * step.number()) + GOLDEN_GAMMA * (number + 1L));
        for (int at = 0; at < count; at += BLOCK) {
            int size = Math.min(BLOCK, count - at);
            from.get(at, values, size);
            for (int i = 0; i < size; i++) {
                boolean stays = mix(stream + GOLDEN_GAMMA * (at + i)) >>> 1 >= threshold;
                values[i] = stays ? values[i] * scale : 0f;
            }
            to.put(at, values, size);
        }
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /**
     * Dropout of any shape.
     *
     * @param number tells the dropout layers of one model apart
     */
    record Plan(Signal output, double rate, int number) implements LayerPlan {

        @Override
        public String kind() {
            return "dropout";
        }

        @Override
        public Layer create(Kernels kernels, int offset) {
            return new DropoutLayer(this);
        }
    }
}
