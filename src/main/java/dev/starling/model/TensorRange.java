package dev.starling.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A stretch of the vector of parameters. */
record TensorRange(int from, int count) {

    /** The stretches of {@code layout} that are trained, or those that are not; neighbours are one stretch. */
    static List<TensorRange> of(TensorLayout layout, boolean trainable) {
        return where(layout, tensor -> tensor.trainable() == trainable);
    }

    /** The stretches of the tensors that {@code wanted} takes; neighbours are one stretch. */
    static List<TensorRange> where(TensorLayout layout, Predicate<TensorSpec> wanted) {
        List<TensorRange> ranges = new ArrayList<>();
        for (int i = 0; i < layout.tensors().size(); i++) {
            TensorSpec tensor = layout.tensors().get(i);
            if (wanted.test(tensor)) {
                int last = ranges.size() - 1;
                TensorRange before = last < 0 ? new TensorRange(-1, 0) : ranges.get(last);
                if (before.from + before.count == layout.offset(i)) {
                    ranges.set(last, new TensorRange(before.from, before.count + tensor.count()));
                } else {
                    ranges.add(new TensorRange(layout.offset(i), tensor.count()));
                }
            }
        }
        return List.copyOf(ranges);
    }
}
