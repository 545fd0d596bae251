package dev.starling.model.layer;

import java.util.List;

/**
 * A tensor of a layer and how it starts.
 *
 * @param name within its layer: {@code weight}
 * @param fanIn inputs that reach one output through a weight tensor
 * @param fanOut outputs that one input reaches
 * @param trainable whether SGD changes it
 * @param personal whether it stays on the device
 */
public record TensorPlan(
        String name, List<Integer> shape, Start start, int fanIn, int fanOut, boolean trainable, boolean personal) {

    /** How the first values are chosen. */
    public enum Start {
        /** Drawn by the model's initialiser from the fans. */
        WEIGHT,
        ZERO,
        ONE
    }

    public TensorPlan {
        shape = List.copyOf(shape);
    }

    public static TensorPlan weight(String name, List<Integer> shape, int fanIn, int fanOut) {
        return new TensorPlan(name, shape, Start.WEIGHT, fanIn, fanOut, true, false);
    }

    /** A vector that starts at a constant. */
    public static TensorPlan vector(String name, int count, Start start) {
        return new TensorPlan(name, List.of(count), start, 1, 1, true, false);
    }

    public static TensorPlan bias(int units) {
        return vector("bias", units, Start.ZERO);
    }

    TensorPlan named(String newName) {
        return new TensorPlan(newName, shape, start, fanIn, fanOut, trainable, personal);
    }

    TensorPlan marked(boolean newTrainable, boolean newPersonal) {
        return new TensorPlan(name, shape, start, fanIn, fanOut, newTrainable, newPersonal);
    }

    /** Number of values. */
    public int count() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
