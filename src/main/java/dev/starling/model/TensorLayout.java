package dev.starling.model;

import java.util.ArrayList;
import java.util.List;

/** Where each tensor of a model lies in the flat vector of its parameters: one after the other, without gaps. */
public final class TensorLayout {

    private final List<TensorSpec> tensors;
    private final List<Integer> offsets;
    private final int count;

    public TensorLayout(List<TensorSpec> tensors) {
        this.tensors = List.copyOf(tensors);
        List<Integer> starts = new ArrayList<>();
        int next = 0;
        for (TensorSpec tensor : tensors) {
            starts.add(next);
            next = Math.addExact(next, tensor.count());
        }
        this.offsets = List.copyOf(starts);
        this.count = next;
    }

    /** In the order in which they lie in the vector. */
    public List<TensorSpec> tensors() {
        return tensors;
    }

    /** Index of the first value of tensor {@code index}. */
    public int offset(int index) {
        return offsets.get(index);
    }

    /** Number of values of all tensors. */
    public int count() {
        return count;
    }

    /** Size of all values as float32, in bytes. */
    public long bytes() {
        return 4L * count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorLayout layout && layout.tensors.equals(tensors);
    }

    @Override
    public int hashCode() {
        return tensors.hashCode();
    }

    @Override
    public String toString() {
        return tensors.toString();
    }
}
