package dev.starling.scenario;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.starling.base.SimTime;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The kinds of value that settings take. Stricter than the HOCON library where its leniency would hide a mistake: 2.5 is
 * not a whole number, and a duration needs its unit.
 */
final class Values {

    private static final String KEY = "v";

    private Values() {}

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
                        return Long.parseLong(scalar(value, "a whole number"));
                    } catch (NumberFormatException e) {
                        throw new Unfit("a whole number of at most 64 bits");
                    }
                },
                0L);
    }

    static Conversion<Double> number(Range range) {
        return new Conversion<>(value -> within(range, numeric(value, "a number")), range.low());
    }

    /** A number, or a fraction such as 1/255. */
    static Conversion<Double> fraction(Range range) {
        String rule = "a number or a fraction such as 1/255";
        return new Conversion<>(
                value -> {
                    String[] parts = scalar(value, rule).split("/", -1);
                    if (parts.length > 2) {
                        throw new Unfit(rule);
                    }
                    double over = parts.length == 2 ? parsed(parts[1], rule) : 1;
                    return within(range, parsed(parts[0], rule) / over);
                },
                range.low());
    }

    static Conversion<Boolean> flag() {
        return new Conversion<>(
                value -> switch (scalar(value, "true or false").toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on" -> true;
                    case "false", "no", "off" -> false;
                    default -> throw new Unfit("true or false");
                },
                false);
    }

    static Conversion<String> text() {
        return new Conversion<>(value -> scalar(value, "text"), "");
    }

    static Conversion<Character> character() {
        return new Conversion<>(
                value -> {
                    String text = scalar(value, "one character");
                    if (text.length() != 1) {
                        throw new Unfit("one character");
                    }
                    return text.charAt(0);
                },
                ',');
    }

    /** Names a directory of results, so it keeps to what every file system takes. */
    static Conversion<String> name() {
        String rule = "1 to 60 letters, digits, dots, dashes and underscores, the first a letter or digit";
        return new Conversion<>(
                value -> {
                    String name = scalar(value, rule);
                    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,59}")) {
                        throw new Unfit(rule);
                    }
                    return name;
                },
                "");
    }

    /** A file, absolute: relative paths start at {@code directory}. */
    static Conversion<Path> file(Path directory) {
        return new Conversion<>(
                value -> {
                    String name = scalar(value, "a file name");
                    if (name.isBlank()) {
                        throw new Unfit("a file name");
                    }
                    try {
                        return directory.resolve(name).toAbsolutePath().normalize();
                    } catch (InvalidPathException e) {
                        throw new Unfit("a file name");
                    }
                },
                directory);
    }

    /** One of the given words. */
    static Conversion<String> word(List<String> words) {
        return new Conversion<>(
                value -> {
                    String rule = "one of " + String.join(", ", words);
                    String given = scalar(value, rule);
                    if (!words.contains(given)) {
                        throw new Unfit(rule);
                    }
                    return given;
                },
                "");
    }

    /** One of the constants of an enum, spelled like-this. */
    static <E extends Enum<E>> Conversion<E> choice(Class<E> type) {
        E[] constants = type.getEnumConstants();
        List<String> words = Arrays.stream(constants).map(Values::spelled).toList();
        Conversion<String> word = word(words);
        return new Conversion<>(value -> constants[words.indexOf(word.of(value))], constants[0]);
    }

    static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Seconds. A bare number is refused: HOCON would take it as milliseconds, most readers as seconds. */
    static Conversion<Double> duration() {
        String rule = "a duration with its unit, such as 3 minutes";
        return new Conversion<>(
                value -> {
                    if (value.valueType() == ConfigValueType.NUMBER && numeric(value, rule) != 0) {
                        throw new Unfit(rule);
                    }
                    scalar(value, rule);
                    try {
                        double seconds = ConfigFactory.empty()
                                        .withValue(KEY, value)
                                        .getDuration(KEY)
                                        .toNanos()
                                / 1e9;
                        return within(Range.NOT_NEGATIVE, seconds);
                    } catch (ConfigException | ArithmeticException e) {
                        throw new Unfit(rule);
                    }
                },
                0.0);
    }

    /** Bytes: a plain number or a size such as 2 MB (powers of ten) or 2 MiB (powers of two). */
    static Conversion<Double> bytes(Range range) {
        String rule = "bytes: a number or a size such as 500 kB";
        return new Conversion<>(
                value -> {
                    if (value.valueType() == ConfigValueType.NUMBER) {
                        return within(range, numeric(value, rule));
                    }
                    scalar(value, rule);
                    try {
                        return within(range, (double)
                                ConfigFactory.empty().withValue(KEY, value).getBytes(KEY));
                    } catch (ConfigException e) {
                        throw new Unfit(rule);
                    }
                },
                range.low());
    }

    static Conversion<SimTime> moment() {
        String rule = "a moment such as 2026-01-05T08:00:00Z";
        return new Conversion<>(
                value -> {
                    try {
                        return SimTime.of(
                                OffsetDateTime.parse(scalar(value, rule)).toInstant());
                    } catch (DateTimeException | ArithmeticException e) {
                        throw new Unfit(rule);
                    }
                },
                new SimTime(0));
    }

    /** As messages show it: text in quotes, numbers as written. */
    static String shown(ConfigValue value) {
        String shown = written(value);
        return shown.length() <= 80 ? shown : shown.substring(0, 77) + "...";
    }

    /** As HOCON on one line; a number keeps the spelling that it had. */
    static String written(ConfigValue value) {
        return value.valueType() == ConfigValueType.NUMBER
                ? ConfigFactory.empty().withValue(KEY, value).getString(KEY)
                : value.render(ConfigRenderOptions.concise());
    }

    private static double within(Range range, double value) throws Unfit {
        if (!Double.isFinite(value)) {
            throw new Unfit("a finite number");
        }
        if (!range.contains(value)) {
            throw new Unfit(range.toString());
        }
        return value;
    }

    private static double numeric(ConfigValue value, String rule) throws Unfit {
        return parsed(scalar(value, rule), rule);
    }

    private static double parsed(String text, String rule) throws Unfit {
        // Double.parseDouble also takes 1f, 0x1p3 and NaN.
        if (!text.strip().matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
            throw new Unfit(rule);
        }
        return Double.parseDouble(text.strip());
    }

    private static String scalar(ConfigValue value, String rule) throws Unfit {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN ->
                ConfigFactory.empty().withValue(KEY, value).getString(KEY);
            default -> throw new Unfit(rule);
        };
    }
}
