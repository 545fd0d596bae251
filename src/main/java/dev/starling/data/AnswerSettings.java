package dev.starling.data;

import java.util.OptionalInt;

/**
 * What the answers of a data set are: class labels or numbers to predict, where its files leave that open.
 *
 * @param kind what the loss takes
 * @param classes number of classes if it is said, those included that do not occur; else the largest label + 1
 */
public record AnswerSettings(Kind kind, OptionalInt classes) {

    /** Integers are labels, floating numbers are not. */
    public static final AnswerSettings AS_STORED = new AnswerSettings(Kind.AS_STORED, OptionalInt.empty());

    /** What answers are to be taken for. */
    public enum Kind {
        AS_STORED,
        LABELS,
        NUMBERS
    }

    AnswerSettings of(Kind wanted) {
        return new AnswerSettings(wanted, classes);
    }

    /** {@code shape} with as many classes as are said, which are not fewer than it has. */
    DataShape widen(DataShape shape) {
        return shape.classification() && classes.isPresent()
                ? new DataShape(shape.input(), Math.max(classes.getAsInt(), shape.outputs()), true)
                : shape;
    }
}
