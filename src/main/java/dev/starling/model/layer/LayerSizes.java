package dev.starling.model.layer;

import java.util.List;
import java.util.Locale;

/** How large layers may be: figures of sizes that no array can have, before anything is computed with them. */
public final class LayerSizes {

    /** Of a model: what a run saves holds up to 8 bytes for each in one array. */
    public static final long MOST_PARAMETERS = Integer.MAX_VALUE / 8;

    private LayerSizes() {}

    /** IllegalArgumentException if the layer's tensors, or what it hands on, are too large. */
    static void require(LayerPlan plan) {
        double all = 0;
        for (TensorPlan tensor : plan.tensors()) {
            double size = product(tensor.shape());
            all += size;
            if (size > MOST_PARAMETERS) {
                throw new IllegalArgumentException("has " + told(size) + " parameters in one tensor, " + tensor.name()
                        + " " + tensor.shape() + ", at most " + told(MOST_PARAMETERS));
            }
        }
        if (all > MOST_PARAMETERS) {
            throw new IllegalArgumentException("has " + told(all) + " parameters, at most " + told(MOST_PARAMETERS));
        }
        // Computed only now: a sum of such sizes may not fit an int.
        if (plan.output().width() < 1 || plan.widest() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "needs " + told(plan.widest()) + " values for an example, at most " + told(Integer.MAX_VALUE));
        }
    }

    /** IllegalArgumentException if an array of {@code shape} has more values than can be counted. */
    static void requireIndexable(String what, List<Integer> shape) {
        double size = product(shape);
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "has " + told(size) + " " + what + " " + shape + ", at most " + told(Integer.MAX_VALUE));
        }
    }

    private static double product(List<Integer> shape) {
        return shape.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
    }

    /** {@code 268,435,455}; {@code 1.0e10} where the digits would not help. */
    public static String told(long size) {
        return told((double) size);
    }

    /** As {@link #told(long)}, of sizes beyond. */
    static String told(double size) {
        return String.format(Locale.ROOT, size < 1e10 ? "%,.0f" : "%.1e", size).replace("e+", "e");
    }
}
