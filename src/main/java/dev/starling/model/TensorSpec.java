package dev.starling.model;

import java.util.List;

/**
 * One named tensor of a model.
 *
 * @param name unique within a model, for example {@code 0.dense.weight}
 * @param shape every dimension at least 1; dense weights are {@code [out, in]}, row-major
 * @param trainable whether SGD changes it; running statistics are not trainable, though training moves them
 * @param personal whether it stays on the device instead of being aggregated
 */
public record TensorSpec(String name, List<Integer> shape, boolean trainable, boolean personal) {

    public TensorSpec {
        shape = List.copyOf(shape);
        if (name.isEmpty() || shape.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("a tensor needs a name and sizes >= 1, got " + name + " " + shape);
        }
    }

    /** A tensor that is trained and shared. */
    public TensorSpec(String name, List<Integer> shape) {
        this(name, shape, true, false);
    }

    /** Number of values. */
    public int count() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
