package dev.starling.scenario;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * One block of a list, as {@link Section} is one block of a scenario: a list has no paths, so its elements are named by
 * index, {@code model.layers[0]}. Reading a setting never throws.
 */
final class LayerBlock {

    private final Reading reading;
    private final String setting;
    private final String at;
    private final ConfigObject block;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param setting of the scenario, in which the list lies
     * @param at how messages name the block
     */
    LayerBlock(Reading reading, String setting, String at, ConfigObject block) {
        this.reading = reading;
        this.setting = setting;
        this.at = at;
        this.block = block;
    }

    /** A setting that must be given. */
    <T> T read(String key, Conversion<T> conversion) {
        Optional<ConfigValue> value = given(key);
        if (value.isEmpty()) {
            fail(block, at + "." + key + " is required");
            return conversion.placeholder();
        }
        return converted(key, value.get(), conversion);
    }

    /** A setting that may be left out. */
    <T> T read(String key, Conversion<T> conversion, T otherwise) {
        return given(key).map(value -> converted(key, value, conversion)).orElse(otherwise);
    }

    /** A list of blocks; those that {@code read} gives nothing for are left out. */
    <T> List<T> blocks(String key, String example, BiFunction<LayerBlock, Boolean, Optional<T>> read) {
        Optional<ConfigValue> value = given(key);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof ConfigList list) {
            return blocks(reading, setting, at + "." + key, example, list, read);
        }
        fail(value.get(), at + "." + key + " must be a list [ ... ], got " + Values.shown(value.get()));
        return List.of();
    }

    /** @param read gets each block, and whether it is the last one */
    static <T> List<T> blocks(
            Reading reading,
            String setting,
            String path,
            String example,
            ConfigList list,
            BiFunction<LayerBlock, Boolean, Optional<T>> read) {
        List<T> values = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String at = path + "[" + i + "]";
            if (list.get(i) instanceof ConfigObject block) {
                read.apply(new LayerBlock(reading, setting, at, block), i == list.size() - 1)
                        .ifPresent(values::add);
            } else {
                ConfigValue value = list.get(i);
                reading.fail(
                        setting,
                        Place.of(value.origin()),
                        at + " must be a block such as " + example + ", got " + Values.shown(value));
            }
        }
        return values;
    }

    /** Refuses what nobody has read. {@code name} is what messages call such a block: {@code a conv layer}. */
    void rejectUnknown(String name) {
        for (String key : block.keySet().stream().sorted().toList()) {
            if (!known.contains(key)) {
                String hint = Nearest.to(key, known)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse(name + " has " + String.join(", ", known));
                fail(value(key).orElse(block), at + "." + key + " is not a known setting; " + hint);
            }
        }
    }

    /** The value of {@code key} must be something else than it is. */
    void fail(String key, String rule) {
        fail(value(key).orElse(block), at + "." + key + " " + rule);
    }

    private void fail(ConfigValue blamed, String message) {
        reading.fail(setting, Place.of(blamed.origin()), message);
    }

    private <T> T converted(String key, ConfigValue value, Conversion<T> conversion) {
        try {
            return conversion.of(value);
        } catch (Unfit unfit) {
            String hint = Nearest.among(unfit.rule(), value);
            fail(value, at + "." + key + " must be " + unfit.rule() + ", got " + Values.shown(value) + hint);
            return conversion.placeholder();
        }
    }

    private Optional<ConfigValue> given(String key) {
        known.add(key);
        return value(key).filter(value -> value.valueType() != ConfigValueType.NULL);
    }

    private Optional<ConfigValue> value(String key) {
        return Optional.ofNullable(block.get(key));
    }
}
