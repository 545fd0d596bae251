package dev.starling.store;

import dev.starling.model.TensorSpec;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How one tensor differs between two models.
 *
 * @param before its shape in the first model; empty if it is not there (and for a single value, which has no dimensions)
 * @param after its shape in the second
 * @param ranges where its values differ, as coarse as chunks are: the whole of a tensor of less than 256 KiB; empty unless
 *     {@code kind} is CHANGED
 */
public record TensorChange(String name, Kind kind, List<Integer> before, List<Integer> after, List<ValueRange> ranges) {

    /** What happened to the tensor. */
    public enum Kind {
        ADDED,
        REMOVED,
        RESHAPED,
        CHANGED
    }

    public TensorChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
        ranges = List.copyOf(ranges);
    }

    static TensorChange added(TensorSpec tensor) {
        return new TensorChange(tensor.name(), Kind.ADDED, List.of(), tensor.shape(), List.of());
    }

    static TensorChange removed(TensorSpec tensor) {
        return new TensorChange(tensor.name(), Kind.REMOVED, tensor.shape(), List.of(), List.of());
    }

    static TensorChange reshaped(TensorSpec before, TensorSpec after) {
        return new TensorChange(after.name(), Kind.RESHAPED, before.shape(), after.shape(), List.of());
    }

    static TensorChange changed(TensorSpec tensor, List<ValueRange> ranges) {
        return new TensorChange(tensor.name(), Kind.CHANGED, tensor.shape(), tensor.shape(), ranges);
    }

    /** One line, for people. */
    @Override
    public String toString() {
        return switch (kind) {
            case ADDED -> "+ " + name + " " + after;
            case REMOVED -> "- " + name + " " + before;
            case RESHAPED -> "~ " + name + " " + before + " -> " + after;
            case CHANGED -> "~ " + name + " " + after + places();
        };
    }

    private String places() {
        int count = after.stream().reduce(1, Math::multiplyExact);
        if (ranges.equals(List.of(new ValueRange(0, count)))) {
            return "";
        }
        return ranges.stream()
                .map(range -> range.from() + " to " + (range.to() - 1))
                .collect(Collectors.joining(", ", " values ", ""));
    }
}
