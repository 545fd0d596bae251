package dev.starling.model.layer;

import dev.starling.model.Activation;

/** Activations and their derivatives on heap arrays; the loops for ReLU are written so that the JIT vectorises them. */
final class Activations {

    private static final float LEAK = 0.01f;

    private Activations() {}

    /** Whether the derivative needs the sums that went in, not only the outputs. */
    static boolean needsSums(Activation activation) {
        return activation == Activation.GELU;
    }

    /** Replaces the first {@code count} of {@code values} by their activation. */
    static void forward(Activation activation, float[] values, int count) {
        switch (activation) {
            case LINEAR -> {}
            case RELU -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Math.max(values[i], 0f);
                }
            }
            case LEAKY_RELU -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Math.max(values[i], LEAK * values[i]);
                }
            }
            case TANH -> {
                for (int i = 0; i < count; i++) {
                    values[i] = FloatMath.tanh(values[i]);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < count; i++) {
                    values[i] = FloatMath.sigmoid(values[i]);
                }
            }
            case GELU -> {
                for (int i = 0; i < count; i++) {
                    values[i] *= FloatMath.gaussian(values[i]);
                }
            }
        }
    }

    /**
     * Multiplies each of {@code gradients} by the derivative.
     *
     * @param seen the activation's outputs, or its sums if {@link #needsSums}
     */
    static void backward(Activation activation, float[] seen, float[] gradients, int count) {
        switch (activation) {
            case LINEAR -> {}
            case RELU -> {
                for (int i = 0; i < count; i++) {
                    gradients[i] *= step(seen[i]);
                }
            }
            case LEAKY_RELU -> {
                for (int i = 0; i < count; i++) {
                    gradients[i] *= LEAK + (1f - LEAK) * step(Math.max(seen[i], 0f));
                }
            }
            case TANH -> {
                for (int i = 0; i < count; i++) {
                    gradients[i] *= 1f - seen[i] * seen[i];
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < count; i++) {
                    gradients[i] *= seen[i] * (1f - seen[i]);
                }
            }
            case GELU -> {
                for (int i = 0; i < count; i++) {
                    gradients[i] *= FloatMath.gaussian(seen[i]) + seen[i] * FloatMath.density(seen[i]);
                }
            }
        }
    }

    /** 1 for a positive normal number, 0 for zero; without a branch, which the processor could not predict. */
    private static float step(float value) {
        return Math.min(1f, value * Float.MAX_VALUE);
    }
}
