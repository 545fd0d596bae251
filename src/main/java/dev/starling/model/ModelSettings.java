package dev.starling.model;

import java.util.List;

/**
 * The model of a scenario. The output layer (linear, one unit per class or target) is part of {@code layers}.
 *
 * @param layers first to last; its last layer must have as many units as the data has classes or targets
 */
public record ModelSettings(List<LayerSpec> layers, Loss loss, Initializer initializer) {

    public ModelSettings {
        layers = List.copyOf(layers);
    }
}
