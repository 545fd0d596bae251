package dev.starling.aggregate;

import java.math.BigDecimal;

/**
 * A sum of doubles that does not depend on their order, because nothing is rounded until it is read: for the few
 * figures, such as the training loss, that are summed over devices. Immutable.
 *
 * @param value the exact sum
 */
public record ExactScalar(BigDecimal value) {

    public static final ExactScalar ZERO = new ExactScalar(BigDecimal.ZERO);

    /** Throws NumberFormatException if {@code term} is not finite. */
    public ExactScalar plus(double term) {
        return new ExactScalar(value.add(new BigDecimal(term)));
    }

    public ExactScalar plus(ExactScalar other) {
        return new ExactScalar(value.add(other.value));
    }

    /** The sum, rounded once. */
    public double toDouble() {
        return value.doubleValue();
    }
}
