package dev.starling.cli;

import java.util.Locale;

/** Numbers as people read them. ASCII only: a pipe's encoding is unknown. */
public final class Figures {

    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P"};
    private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Figures() {}

    /** {@code 12,345}. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1.23 MB}; decimal units, as phone contracts count. */
    public static String bytes(double bytes) {
        return scaled(bytes, BYTE_UNITS);
    }

    /** As {@link #bytes(double)}, of a whole number. */
    public static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /** {@code 2.50 M}: a count in thousands, millions, … */
    public static String scaled(double value) {
        return scaled(value, PREFIXES).strip();
    }

    private static String scaled(double number, String... units) {
        double value = number;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        String format = unit == 0 ? "%.0f" : value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, value) + " " + units[unit];
    }

    /** {@code 0.42 s}, {@code 12.3 s}, {@code 2 min 5 s}, {@code 3 h 20 min}, {@code 2 d 4 h}; a dash if unknown. */
    public static String duration(double seconds) {
        if (!Double.isFinite(seconds) || seconds < 0) {
            return "-";
        }
        if (seconds < 59.95) {
            return String.format(Locale.ROOT, seconds < 9.995 ? "%.2f s" : "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 3600) {
            return whole / 60 + " min " + whole % 60 + " s";
        }
        if (whole < 86_400) {
            return whole / 3600 + " h " + whole % 3600 / 60 + " min";
        }
        return whole / 86_400 + " d " + whole % 86_400 / 3600 + " h";
    }

    /** Whole numbers from 100 on, three digits below; a dash for NaN. */
    public static String rate(double perSecond) {
        if (!Double.isFinite(perSecond)) {
            return "-";
        }
        return perSecond >= 99.5 ? count(Math.round(perSecond)) : String.format(Locale.ROOT, "%.3g", perSecond);
    }

    /** Four decimals; a dash for NaN. */
    public static String metric(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
