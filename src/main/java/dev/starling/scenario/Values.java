package dev.starling.scenario;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Settings that are words, texts, files; {@link Numbers} and {@link Units} have the others. */
final class Values {

    static final String KEY = "v";

    private Values() {}

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

    static String scalar(ConfigValue value, String rule) throws Unfit {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN ->
                ConfigFactory.empty().withValue(KEY, value).getString(KEY);
            default -> throw new Unfit(rule);
        };
    }
}
