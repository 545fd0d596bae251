package dev.starling.store;

import dev.starling.model.LayerRow;
import dev.starling.model.LocalSettings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a version was made by, as far as it decides the bits: for each {@link PipelinePart} keys and values in a canonical
 * form, so that equal pipelines have equal roots. Immutable; {@code with…} return another one.
 */
public final class Pipeline {

    /** No key. */
    public static final Pipeline EMPTY = new Pipeline(new EnumMap<>(PipelinePart.class));

    private final Map<PipelinePart, SortedMap<String, String>> parts;

    private Pipeline(Map<PipelinePart, SortedMap<String, String>> parts) {
        this.parts = parts;
    }

    /** Keys and values of {@code part} in the order of the keys; may be empty. */
    public SortedMap<String, String> part(PipelinePart part) {
        return Collections.unmodifiableSortedMap(parts.getOrDefault(part, new TreeMap<>()));
    }

    /** A key has letters, digits, dots, underscores and hyphens; IllegalArgumentException for others. */
    public Pipeline with(PipelinePart part, String key, String value) {
        if (!key.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("a key has letters, digits, '.', '_' and '-', got '" + key + "'");
        }
        Map<PipelinePart, SortedMap<String, String>> changed = new EnumMap<>(PipelinePart.class);
        parts.forEach((other, values) -> changed.put(other, new TreeMap<>(values)));
        changed.computeIfAbsent(part, none -> new TreeMap<>()).put(key, value);
        return new Pipeline(changed);
    }

    public Pipeline with(PipelinePart part, String key, long value) {
        return with(part, key, Long.toString(value));
    }

    public Pipeline with(PipelinePart part, String key, double value) {
        return with(part, key, canonical(value));
    }

    /** The layers of {@code Architecture.table()}. */
    public Pipeline withLayers(List<LayerRow> layers) {
        Pipeline pipeline = this;
        for (int i = 0; i < layers.size(); i++) {
            LayerRow layer = layers.get(i);
            pipeline = pipeline.with(
                    PipelinePart.ARCHITECTURE,
                    String.format("layer-%03d", i),
                    layer.kind() + " " + layer.shape() + ", " + layer.parameters() + " parameters"
                            + (layer.trainable() ? "" : ", frozen"));
        }
        return pipeline;
    }

    /** How a device trains. */
    public Pipeline withRecipe(LocalSettings settings) {
        return with(PipelinePart.RECIPE, "epochs", settings.epochs())
                .with(PipelinePart.RECIPE, "batch", settings.batchSize())
                .with(PipelinePart.RECIPE, "learning-rate", settings.learningRate())
                .with(PipelinePart.RECIPE, "momentum", settings.momentum())
                .with(PipelinePart.RECIPE, "weight-decay", settings.weightDecay())
                .with(PipelinePart.RECIPE, "proximal", settings.proximal())
                .with(PipelinePart.RECIPE, "shuffle", Boolean.toString(settings.shuffle()));
    }

    /** The shortest decimal number that is read as {@code value}: {@link Double#toString} is not the same on all JDKs. */
    static String canonical(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return Double.toString(value);
        }
        BigDecimal exact = new BigDecimal(value);
        int digits = 1;
        while (exact.round(new MathContext(digits)).doubleValue() != value) {
            digits++;
        }
        return exact.round(new MathContext(digits)).stripTrailingZeros().toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pipeline pipeline && pipeline.parts.equals(parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return PipelineText.of(this);
    }
}
