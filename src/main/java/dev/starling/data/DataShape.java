package dev.starling.data;

import java.util.List;

/**
 * What a model meets: the shape of one featurized example and what is to be predicted.
 *
 * @param input {@code [features]} for tables, {@code [channels, height, width]} for images
 * @param outputs number of classes, or of targets
 * @param classification whether examples carry class labels (else float targets)
 */
public record DataShape(List<Integer> input, int outputs, boolean classification) {

    public DataShape {
        input = List.copyOf(input);
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
