package dev.starling.scenario;

import dev.starling.model.Activation;
import dev.starling.model.LayerSpec;
import java.util.Map;

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
        Map<String, String> settings = block.read("settings", OwnClasses.settings(), Map.of());
        return block.read("class", layer(settings));
    }

    private static Conversion<LayerSpec> layer(Map<String, String> settings) {
        return new Conversion<>(
                value -> OwnClasses.create(Values.text().of(value), LayerSpec.Custom.class, settings), PLACEHOLDER);
    }
}
