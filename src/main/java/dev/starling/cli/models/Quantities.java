package dev.starling.cli.models;

import dev.starling.base.InputException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes, durations and moments as people write them. All throw IllegalArgumentException unless said otherwise. */
final class Quantities {

    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([A-Za-z]*)");

    /** Decimal units, as everywhere else in Starling. */
    private static final Map<String, Double> BYTES =
            Map.of("", 1.0, "B", 1.0, "kB", 1e3, "MB", 1e6, "GB", 1e9, "KiB", 1024.0, "MiB", 1048576.0);

    private static final Map<String, Double> MILLIS =
            Map.of("ms", 1.0, "s", 1e3, "min", 6e4, "h", 3.6e6, "d", 8.64e7, "w", 6.048e8);

    private Quantities() {}

    /** {@code 1200}, {@code 1.5kB}, {@code 3 MB}. */
    static double bytes(String text) {
        return scaled(text, BYTES);
    }

    /** {@code 90min}, {@code 2 d}, in milliseconds. */
    static double millis(String text) {
        return scaled(text, MILLIS);
    }

    /** A duration for {@code option}; InputException if it is none. */
    static long duration(String option, String text) {
        try {
            return (long) millis(text);
        } catch (IllegalArgumentException e) {
            throw new InputException(option, "must be a duration such as 90min, 6h or 2d, got " + text);
        }
    }

    /** A date or an ISO-8601 moment in UTC, in milliseconds since 1970; InputException if it is none. */
    static long moment(String option, String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text.endsWith("Z") ? text : text + "Z").toEpochMilli()
                    : LocalDate.parse(text)
                            .atStartOfDay()
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new InputException(
                    option, "must be a date or time in UTC such as 2026-03-01 or 2026-03-01T08:00:00, got " + text);
        }
    }

    private static double scaled(String text, Map<String, Double> units) {
        Matcher parts = FORM.matcher(text);
        Double unit = parts.matches() ? units.get(parts.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("not a quantity: " + text);
        }
        return Double.parseDouble(parts.group(1)) * unit;
    }
}
