package dev.starling.scenario;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Optional;

/**
 * One block of a scenario. Reading a setting never throws: what is wrong goes to the {@link Reading}, and a placeholder
 * comes back so that the rest is read too.
 */
final class Section {

    private static final String KIND = "kind";

    private final Reading reading;
    private final String path;
    private final String referencePath;

    Section(Reading reading, String path, String referencePath) {
        this.reading = reading;
        this.path = path;
        this.referencePath = referencePath;
    }

    String path(String key) {
        return joined(path, key);
    }

    Section child(String key) {
        return new Section(reading, path(key), referencePath(key));
    }

    boolean given(String key) {
        return reading.given(path(key)).isPresent();
    }

    /** The value of a setting that has a default or must be given. */
    <T> T read(String key, Conversion<T> conversion) {
        Optional<ConfigValue> value = reading.value(path(key), referencePath(key));
        if (value.isEmpty()) {
            String context = reading.kindOf(path)
                    .map(kind -> " with " + path(KIND) + " = " + kind)
                    .orElse("");
            reading.fail(path(key), path(key) + " is required" + context);
            return conversion.placeholder();
        }
        return converted(key, value.get(), conversion);
    }

    /** As {@link #read}, but {@code otherwise} takes the place of the reference's default. */
    <T> T readOr(String key, Conversion<T> conversion, Optional<T> otherwise) {
        if (otherwise.isPresent() && !given(key)) {
            reading.decide(path(key), otherwise.get());
            return otherwise.get();
        }
        return read(key, conversion);
    }

    /** The value of a setting that may be left out. */
    <T> Optional<T> readOptional(String key, Conversion<T> conversion) {
        return reading.value(path(key), referencePath(key)).map(value -> converted(key, value, conversion));
    }

    /** The kind of this block, which decides what other settings it has. */
    <E extends Enum<E>> E readKind(Class<E> type) {
        E kind = read(KIND, Values.choice(type));
        if (!reading.hasFailed(path(KIND))) {
            reading.noteKind(path, Values.spelled(kind));
        }
        return kind;
    }

    /** The value as written, for settings with a grammar of their own. */
    Optional<ConfigValue> raw(String key) {
        return reading.value(path(key), referencePath(key));
    }

    void fail(String key, String rule, ConfigValue value) {
        reading.fail(path(key), path(key) + " must be " + rule + ", got " + Values.shown(value));
    }

    /** The class blocks of this block: those the user named in order of name, else the reference's. */
    List<Section> named(String template) {
        ConfigValue given = reading.given(path).orElse(null);
        if (!(given instanceof ConfigObject blocks) || blocks.isEmpty()) {
            return List.of(child(template));
        }
        return blocks.keySet().stream()
                .sorted()
                .map(ConfigUtil::joinPath)
                .map(name -> new Section(reading, path(name), referencePath(template)))
                .toList();
    }

    /** The last element of this block's path. */
    String name() {
        List<String> keys = ConfigUtil.splitPath(path);
        return keys.get(keys.size() - 1);
    }

    private String referencePath(String key) {
        return joined(referencePath, key);
    }

    private static String joined(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private <T> T converted(String key, ConfigValue value, Conversion<T> conversion) {
        try {
            return conversion.of(value);
        } catch (Unfit unfit) {
            reading.fail(
                    path(key),
                    path(key) + " must be " + unfit.rule() + ", got " + Values.shown(value)
                            + Nearest.among(unfit.rule(), value));
            return conversion.placeholder();
        }
    }
}
