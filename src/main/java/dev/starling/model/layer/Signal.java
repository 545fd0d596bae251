package dev.starling.model.layer;

import java.util.List;

/**
 * The shape of what flows between two layers, for one example.
 *
 * @param shape {@code [features]}, {@code [channels, height, width]} for images, {@code [steps, features]} for sequences
 * @param channelsLast images only: values lie {@code [height, width, channels]} in memory, as convolutions want them
 */
public record Signal(List<Integer> shape, boolean channelsLast) {

    /** IllegalArgumentException for more values than an array can have. */
    public Signal {
        shape = List.copyOf(shape);
        LayerSizes.requireIndexable("values for an example", shape);
    }

    /** Values in their plain order. */
    public static Signal of(Integer... shape) {
        return new Signal(List.of(shape), false);
    }

    /** Values per example. */
    public int width() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
