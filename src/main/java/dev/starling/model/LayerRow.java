package dev.starling.model;

import java.util.List;

/**
 * One line of a model's table.
 *
 * @param index of the layer in the scenario; layers that only reorder an image have that of the layer behind them
 * @param shape of its outputs for one example
 * @param parameters number of values
 * @param trainable false if it is frozen
 * @param forwardFlops floating-point operations of the forward pass for one example
 */
public record LayerRow(
        int index, String kind, List<Integer> shape, int parameters, boolean trainable, double forwardFlops) {

    public LayerRow {
        shape = List.copyOf(shape);
    }

    /** Size of the parameters as float32. */
    public long bytes() {
        return 4L * parameters;
    }
}
