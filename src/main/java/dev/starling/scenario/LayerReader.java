package dev.starling.scenario;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.starling.model.Activation;
import dev.starling.model.LayerSpec;
import dev.starling.model.LayerSpec.Dense;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code model.layers}, a list of blocks; a list has no paths, so elements are named by index: layers[0]. */
final class LayerReader {

    private static final List<String> SETTINGS = List.of("type", "units", "activation");

    private final Reading reading;
    private final String path;

    LayerReader(Reading reading, String path) {
        this.reading = reading;
        this.path = path;
    }

    /** All layers that are right; the others are reported. */
    List<LayerSpec> read(ConfigList list) {
        List<LayerSpec> layers = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String at = path + "[" + i + "]";
            if (list.get(i) instanceof ConfigObject block) {
                layers.add(dense(block, at));
            } else {
                fail(
                        list.get(i),
                        at + " must be a block such as { type = dense, units = 200 }, got "
                                + Values.shown(list.get(i)));
            }
        }
        return layers;
    }

    private LayerSpec dense(ConfigObject block, String at) {
        for (String key : block.keySet().stream().sorted().toList()) {
            if (!SETTINGS.contains(key)) {
                String hint = Nearest.to(key, SETTINGS)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("a layer has " + String.join(", ", SETTINGS));
                fail(orElse(block, key, block), at + "." + key + " is not a known setting; " + hint);
            }
        }
        required(block, "type", at, Values.word(List.of("dense")));
        int units = required(block, "units", at, Numbers.wholeNumber(1, ModelReader.MAX_UNITS));
        Activation activation = isGiven(block, "activation")
                ? required(block, "activation", at, Values.choice(Activation.class))
                : Activation.RELU;
        return new Dense(units, activation);
    }

    private <T> T required(ConfigObject block, String key, String at, Conversion<T> conversion) {
        ConfigValue value = orElse(block, key, block);
        if (!isGiven(block, key)) {
            fail(value, at + "." + key + " is required");
            return conversion.placeholder();
        }
        try {
            return conversion.of(value);
        } catch (Unfit unfit) {
            fail(value, at + "." + key + " must be " + unfit.rule() + ", got " + Values.shown(value));
            return conversion.placeholder();
        }
    }

    private void fail(ConfigValue blamed, String message) {
        reading.fail(path, Place.of(blamed.origin()), message);
    }

    private static boolean isGiven(ConfigObject block, String key) {
        return orElse(block, key, block).valueType() != ConfigValueType.NULL && block.containsKey(key);
    }

    private static ConfigValue orElse(ConfigObject block, String key, ConfigValue otherwise) {
        ConfigValue value = block.get(key);
        return value == null ? otherwise : value;
    }
}
