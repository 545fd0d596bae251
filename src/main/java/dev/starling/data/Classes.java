package dev.starling.data;

import dev.starling.base.InputException;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;

/** How many classes a data set has, by what is said and by the labels that occur; those that cannot be are refused. */
final class Classes {

    /**
     * Labels below this are believed of any set. Beyond, one that is larger than the number of examples is more likely a
     * mark for "none", or an id, than one of so many classes.
     */
    static final int BELIEVED = 1000;

    private Classes() {}

    /** An element of an array or file with its place, for messages. */
    @FunctionalInterface
    interface Named {
        /** For example {@code 7 at element 5}. */
        String at(int index);
    }

    /** A label, as far as long tells it. */
    @FunctionalInterface
    interface Value {
        long at(int index);
    }

    /** What labels must be below: what is said, or else enough for one example each. */
    static int limit(OptionalInt said, long examples) {
        return said.orElse((int) Math.min(Integer.MAX_VALUE, Math.max(BELIEVED, examples)));
    }

    /**
     * The labels as int.
     *
     * @param limit of {@link #limit}
     * @throws InputException at {@code place} for the first that is not 0 to below {@code limit}
     */
    static int[] labels(String place, int count, Value value, Named name, OptionalInt said, int limit) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            long label = value.at(i);
            if (label < 0) {
                throw new InputException(place, "labels must be >= 0, got " + name.at(i));
            }
            if (label >= limit) {
                throw new InputException(
                        place,
                        "labels must be below " + limit
                                + (said.isPresent()
                                        ? ", which data.classes says"
                                        : ": classes are counted from 0 (data.classes says it if there are more)")
                                + ", got " + name.at(i));
            }
            labels[i] = (int) label;
        }
        return labels;
    }

    /** As many as is said, or as the largest label asks for. */
    static int count(OptionalInt said, Answers train, Answers test) {
        return said.orElse(Math.max(train.classes(), test.classes()));
    }

    /** A word if most classes up to the largest label do not occur and nothing says that there are so many. */
    static Optional<String> remark(OptionalInt said, Answers train, Answers test) {
        int classes = count(said, train, test);
        BitSet occur = train.occurring();
        occur.or(test.occurring());
        int there = occur.cardinality();
        return said.isPresent() || 2 * there >= classes
                ? Optional.empty()
                : Optional.of("only " + there + " of the " + classes + " classes up to the largest label occur; "
                        + "data.classes = " + classes + " says that it is meant so");
    }
}
