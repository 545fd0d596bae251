package dev.starling.scenario;

import com.typesafe.config.ConfigValue;

/** Settings that are numbers. Stricter than the HOCON library where its leniency would hide a mistake: 2.5 is not whole. */
final class Numbers {

    private Numbers() {}

    static Conversion<Integer> wholeNumber(int low, int high) {
        return new Conversion<>(
                value -> {
                    double number = numeric(value, "a whole number");
                    if (number != Math.rint(number)) {
                        throw new Unfit("a whole number");
                    }
                    if (number < low || number > high) {
                        throw new Unfit(
                                high == Integer.MAX_VALUE ? "at least " + low : "between " + low + " and " + high);
                    }
                    return (int) number;
                },
                low);
    }

    /** Any 64-bit whole number, exactly: doubles would lose the low bits of large seeds. */
    static Conversion<Long> longNumber() {
        return new Conversion<>(
                value -> {
                    try {
                        return Long.parseLong(Values.scalar(value, "a whole number"));
                    } catch (NumberFormatException e) {
                        throw new Unfit("a whole number of at most 64 bits");
                    }
                },
                0L);
    }

    static Conversion<Double> number(Range range) {
        return new Conversion<>(value -> within(range, numeric(value, "a number")), range.placeholder());
    }

    /** A number, or a fraction such as 1/255. */
    static Conversion<Double> fraction(Range range) {
        String rule = "a number or a fraction such as 1/255";
        return new Conversion<>(
                value -> {
                    String[] parts = Values.scalar(value, rule).split("/", -1);
                    if (parts.length > 2) {
                        throw new Unfit(rule);
                    }
                    double over = parts.length == 2 ? parsed(parts[1], rule) : 1;
                    return within(range, parsed(parts[0], rule) / over);
                },
                range.placeholder());
    }

    static double within(Range range, double value) throws Unfit {
        if (!Double.isFinite(value)) {
            throw new Unfit("a finite number");
        }
        if (!range.contains(value)) {
            throw new Unfit(range.toString());
        }
        return value;
    }

    static double numeric(ConfigValue value, String rule) throws Unfit {
        return parsed(Values.scalar(value, rule), rule);
    }

    private static double parsed(String text, String rule) throws Unfit {
        // Double.parseDouble also takes 1f, 0x1p3 and NaN.
        if (!text.strip().matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
            throw new Unfit(rule);
        }
        return Double.parseDouble(text.strip());
    }
}
