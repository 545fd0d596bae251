package dev.starling.scenario;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.starling.model.Activation;
import dev.starling.model.LayerSpec;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Layers that users wrote: {@code { type = custom, class = org.example.Scale, settings { start = 1 } }}. The class lies on
 * the class path, is a public {@link LayerSpec.Custom} (best a record: scenarios are compared) and has a public
 * constructor without parameters or, to take settings, with a {@code Map<String, String>}. What its constructor throws
 * as {@link IllegalArgumentException} is what users are told.
 */
final class CustomLayers {

    private static final LayerSpec PLACEHOLDER = new LayerSpec.Activate(Activation.LINEAR);

    private CustomLayers() {}

    static LayerSpec read(LayerBlock block) {
        Map<String, String> settings = block.read("settings", settings(), Map.of());
        return block.read("class", layer(settings));
    }

    private static Conversion<LayerSpec> layer(Map<String, String> settings) {
        return new Conversion<>(value -> create(Values.text().of(value), settings), PLACEHOLDER);
    }

    private static LayerSpec create(String name, Map<String, String> settings) throws Unfit {
        try {
            Object layer = settings.isEmpty()
                    ? Class.forName(name).getConstructor().newInstance()
                    : Class.forName(name).getConstructor(Map.class).newInstance(settings);
            if (layer instanceof LayerSpec.Custom custom) {
                return custom;
            }
            throw new Unfit("a class that implements LayerSpec.Custom");
        } catch (ClassNotFoundException e) {
            throw new Unfit("a class on the class path");
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new Unfit(
                    "a public class with a public constructor " + (settings.isEmpty() ? "()" : "(Map settings)"));
        } catch (InvocationTargetException e) {
            throw new Unfit("a class that can be made from its settings (" + e.getCause() + ")");
        }
    }

    /** All values as text, in the order of their names. */
    private static Conversion<Map<String, String>> settings() {
        return new Conversion<>(
                value -> {
                    if (!(value instanceof ConfigObject block)) {
                        throw new Unfit("a block { ... }");
                    }
                    Map<String, String> settings = new TreeMap<>();
                    for (Map.Entry<String, ConfigValue> entry : block.entrySet()) {
                        settings.put(entry.getKey(), Values.scalar(entry.getValue(), "a block of simple values"));
                    }
                    return settings;
                },
                Map.of());
    }
}
