package dev.starling.cli.models;

import dev.starling.base.InputException;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A range as people write it: {@code 3..9}, {@code 3..} or {@code ..9}, both ends included; {@code 3} alone is 3 to 3.
 *
 * @param least empty: no bound
 */
record Range(OptionalDouble least, OptionalDouble most) {

    /**
     * Reads {@code text}.
     *
     * @param option what errors call it
     * @param rule what each end must be, for people
     * @param end reads one end; throws IllegalArgumentException
     * @throws InputException if it is no range, or an empty one
     */
    static Range of(String option, String text, String rule, ToDoubleFunction<String> end) {
        int dots = text.indexOf("..");
        String left = dots < 0 ? text : text.substring(0, dots);
        String right = dots < 0 ? text : text.substring(dots + 2);
        if (left.isBlank() && right.isBlank()) {
            throw new InputException(
                    option, "must be LEAST..MOST, LEAST.. or ..MOST of " + rule + ", got '" + text + "'");
        }
        Range range;
        try {
            range = new Range(bound(left, end), bound(right, end));
        } catch (IllegalArgumentException e) {
            throw new InputException(option, "must be LEAST..MOST, LEAST.. or ..MOST of " + rule + ", got " + text);
        }
        if (range.least.orElse(Double.NEGATIVE_INFINITY) > range.most.orElse(Double.POSITIVE_INFINITY)) {
            throw new InputException(option, "must not start above its end, got " + text);
        }
        return range;
    }

    private static OptionalDouble bound(String text, ToDoubleFunction<String> end) {
        return text.isBlank() ? OptionalDouble.empty() : OptionalDouble.of(end.applyAsDouble(text.strip()));
    }
}
