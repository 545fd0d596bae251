package dev.starling.base;

import java.util.Locale;

/**
 * One thing that is wrong with what a user gave.
 *
 * @param place where: {@code simulations/x.conf:14}, {@code housing.csv: line 3, column 5}, or a file name
 * @param message the thing, the rule and the value: {@code rounds.cohort must be at most fleet.devices (100), got 250}
 */
public record Problem(String place, String message) {

    /** What cannot be seen, such as line ends and control characters of damaged files, is told as it is written in Java. */
    public Problem {
        place = visible(place);
        message = visible(message);
    }

    private static String visible(String text) {
        if (text.codePoints().noneMatch(Problem::isInvisible)) {
            return text;
        }
        StringBuilder seen = new StringBuilder();
        text.chars().forEach(c -> {
            if (c == '\n') {
                seen.append("\\n");
            } else if (isInvisible(c)) {
                seen.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                seen.append((char) c);
            }
        });
        return seen.toString();
    }

    private static boolean isInvisible(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.FORMAT;
    }

    @Override
    public String toString() {
        return place.isEmpty() ? message : place + ": " + message;
    }
}
