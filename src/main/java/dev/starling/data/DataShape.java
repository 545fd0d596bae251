package dev.starling.data;

import dev.starling.base.InputException;
import java.util.List;
import java.util.Locale;

/**
 * What a model meets: the shape of one featurized example and what is to be predicted.
 *
 * @param input {@code [features]} for tables, {@code [channels, height, width]} for images
 * @param outputs number of classes, or of targets
 * @param classification whether examples carry class labels (else float targets)
 */
public record DataShape(List<Integer> input, int outputs, boolean classification) {

    /** InputException for examples of more values than an array can have. */
    public DataShape {
        input = List.copyOf(input);
        double width = input.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
        if (width > Integer.MAX_VALUE) {
            throw new InputException(
                    "data.source",
                    "examples must have at most " + Integer.MAX_VALUE + " values, got " + input + " = "
                            + String.format(Locale.ROOT, "%.2g", width));
        }
    }

    /** Bytes of one featurized example and what is to be predicted of it: 4 each value, 4 a class label. */
    public long exampleBytes() {
        return 4L * (width() + (classification ? 1 : outputs));
    }

    /** Floats per example. */
    public int width() {
        return input.stream().reduce(1, Math::multiplyExact);
    }
}
