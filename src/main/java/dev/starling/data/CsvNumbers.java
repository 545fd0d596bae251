package dev.starling.data;

import java.util.Optional;
import java.util.regex.Pattern;

/** Texts of a table as numbers, and what to say of those that are none. */
final class CsvNumbers {

    private static final Pattern DATE = Pattern.compile(
            "\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}.*|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}.*|\\d{1,2}:\\d{2}.*");

    private static final Pattern COMMA = Pattern.compile("[-+]?\\d*,\\d+([eE][-+]?\\d+)?");
    private static final Pattern POINT = Pattern.compile("[-+]?\\d*\\.\\d+([eE][-+]?\\d+)?");
    private static final Pattern THOUSANDS = Pattern.compile("[-+]?\\d{1,3}([,.'’ \\u00a0\\u202f]\\d{3})+([.,]\\d+)?");
    private static final Pattern PERCENT = Pattern.compile("[-+]?[\\d.,]+\\s*%");

    private final Pattern number;
    private final char decimal;

    CsvNumbers(char decimal) {
        this.decimal = decimal;
        // Decimal notation only: Java would also take 1f, 0x1p3 and NaN.
        this.number = Pattern.compile(String.format(
                "[-+]?([0-9]+%1$s?[0-9]*|%1$s[0-9]+)([eE][-+]?[0-9]+)?", Pattern.quote(String.valueOf(decimal))));
    }

    /** The finite number that {@code text} is. */
    Optional<Float> number(String text) {
        if (!number.matcher(text).matches()) {
            return Optional.empty();
        }
        float value = Float.parseFloat(decimal == '.' ? text : text.replace(decimal, '.'));
        return Float.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    /** As {@link #number}; true and false, in any case, are 1 and 0, as indicator columns are often written. */
    Optional<Float> numberOrFlag(String text) {
        if (text.equalsIgnoreCase("true")) {
            return Optional.of(1f);
        }
        return text.equalsIgnoreCase("false") ? Optional.of(0f) : number(text);
    }

    /** What {@code text}, which is no number, may be, and what to do then; empty if that is anyone's guess. */
    String hint(String text) {
        if (PERCENT.matcher(text).matches()) {
            return ": a percentage, write it without %";
        } else if (decimal == '.' && COMMA.matcher(text).matches()) {
            return ": if the comma is decimal, set data.source.decimal = \",\"; thousands are not separated";
        } else if (decimal == ',' && POINT.matcher(text).matches()) {
            return ": data.source.decimal says that decimals follow a comma; thousands are not separated";
        } else if (DATE.matcher(text).matches()) {
            return ": a date or time, write it as a number (days, hours)"
                    + " or name the column under data.source.categorical";
        } else if (THOUSANDS.matcher(text).matches()) {
            return ": thousands must not be separated";
        }
        return "";
    }
}
