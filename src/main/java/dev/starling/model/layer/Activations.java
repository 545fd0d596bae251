package dev.starling.model.layer;

import dev.starling.model.Activation;

/** Activations and their derivatives on heap arrays; the loops for ReLU are written so that the JIT vectorises them. */
final class Activations {

    private Activations() {}

    /** Replaces the first {@code count} of {@code values} by their activation. */
    static void forward(Activation activation, float[] values, int count) {
        switch (activation) {
            case LINEAR -> {}
            case RELU -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Math.max(values[i], 0f);
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
        }
    }

    /** Multiplies each of {@code gradients} by the derivative, computed from the activation's {@code outputs}. */
    static void backward(Activation activation, float[] outputs, float[] gradients, int count) {
        switch (activation) {
            case LINEAR -> {}
            case RELU -> {
                for (int i = 0; i < count; i++) {
                    // 1 for every positive normal output, 0 for zero: a mask without a branch.
                    gradients[i] *= Math.min(1f, outputs[i] * Float.MAX_VALUE);
                }
            }
            case TANH -> {
                for (int i = 0; i < count; i++) {
                    gradients[i] *= 1f - outputs[i] * outputs[i];
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < count; i++) {
                    gradients[i] *= outputs[i] * (1f - outputs[i]);
                }
            }
        }
    }
}
