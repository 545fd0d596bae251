package dev.starling.scenario;

/** The numbers that a setting may take; prints as the rule that error messages state. */
record Range(double low, boolean lowIncluded, double high, boolean highIncluded) {

    static final Range POSITIVE = new Range(0, false, Double.POSITIVE_INFINITY, false);
    static final Range NOT_NEGATIVE = new Range(0, true, Double.POSITIVE_INFINITY, false);
    static final Range SHARE = new Range(0, true, 1, false);
    static final Range POSITIVE_SHARE = new Range(0, false, 1, true);
    static final Range UNIT = new Range(0, true, 1, true);

    static Range atLeast(double low) {
        return new Range(low, true, Double.POSITIVE_INFINITY, false);
    }

    static Range above(double low) {
        return new Range(low, false, Double.POSITIVE_INFINITY, false);
    }

    boolean contains(double value) {
        return (lowIncluded ? value >= low : value > low) && (highIncluded ? value <= high : value < high);
    }

    /** A value within: the lower end, or where that is outside, one above it. */
    double placeholder() {
        if (lowIncluded) {
            return low;
        }
        return high == Double.POSITIVE_INFINITY ? low + 1 : low + (high - low) / 2;
    }

    @Override
    public String toString() {
        String floor = (lowIncluded ? "at least " : "above ") + plain(low);
        return high == Double.POSITIVE_INFINITY
                ? floor
                : floor + " and " + (highIncluded ? "at most " : "below ") + plain(high);
    }

    /** Without the ".0" of whole numbers. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
