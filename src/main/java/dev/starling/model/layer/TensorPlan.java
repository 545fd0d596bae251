package dev.starling.model.layer;

import java.util.List;

/**
 * A tensor of a layer and how it starts.
 *
 * @param name within its layer: {@code weight}
 * @param fanIn inputs that reach one output through a weight tensor
 * @param fanOut outputs that one input reaches
 */
public record TensorPlan(String name, List<Integer> shape, Start start, int fanIn, int fanOut) {

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
        return new TensorPlan(name, shape, Start.WEIGHT, fanIn, fanOut);
    }

    public static TensorPlan bias(int units) {
        return new TensorPlan("bias", List.of(units), Start.ZERO, 1, 1);
    }

    /** Number of values. */
    public int count() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
