package dev.starling.store;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How two models differ.
 *
 * @param changes of tensors, in the order of the second model, removed ones last; empty if the roots are the same
 * @param compared how many pairs of hashes were looked at to find them
 */
public record ModelDiff(List<TensorChange> changes, int compared) {

    public ModelDiff {
        changes = List.copyOf(changes);
    }

    /** A line for each change, for people. */
    public String text() {
        return changes.isEmpty()
                ? "no tensor differs"
                : changes.stream().map(TensorChange::toString).collect(Collectors.joining("\n"));
    }
}
