package dev.starling.scenario;

import com.typesafe.config.ConfigList;
import dev.starling.model.Activation;
import dev.starling.model.LayerSpec;
import dev.starling.model.LayerSpec.Dense;
import dev.starling.model.LayerSpec.EmbeddedColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code model.layers}: one line of {@link #TYPES} for each type of layer, and what all layers have. */
final class LayerReader {

    static final int MAX_UNITS = 1_000_000;

    private static final String EXAMPLE = "{ type = dense, units = 200 }";
    private static final int MAX_KERNEL = 1000;

    private static final Map<String, Function<LayerBlock, LayerSpec>> TYPES = types();

    private enum Sharing {
        SHARED,
        PERSONAL
    }

    private final Reading reading;
    private final String path;

    LayerReader(Reading reading, String path) {
        this.reading = reading;
        this.path = path;
    }

    /** The types of layers that there are. */
    static List<String> typeNames() {
        return List.copyOf(TYPES.keySet());
    }

    /**
     * All layers that are right; the others are reported. Unless the last one says that it is the output, a linear dense
     * layer is added as the output.
     */
    List<LayerSpec> read(ConfigList list) {
        List<Boolean> outputs = new ArrayList<>();
        List<LayerSpec> layers = new ArrayList<>(LayerBlock.<LayerSpec>blocks(
                reading, path, path, EXAMPLE, list, (block, last) -> layer(block, last, outputs)));
        if (!outputs.contains(true)) {
            layers.add(ModelReader.OUTPUT);
        }
        return layers;
    }

    private static Optional<LayerSpec> layer(LayerBlock block, boolean last, List<Boolean> outputs) {
        boolean output = block.read("output", Values.flag(), false);
        outputs.add(output);
        if (output && !last) {
            block.fail("output", "must be true in the last layer only");
        }
        return layer(block, output);
    }

    private static Optional<LayerSpec> inner(LayerBlock block) {
        return layer(block, false);
    }

    private static Optional<LayerSpec> layer(LayerBlock block, boolean output) {
        String type = block.read("type", Values.word(typeNames()));
        Function<LayerBlock, LayerSpec> reader = TYPES.get(type);
        if (reader == null) {
            return Optional.empty();
        }
        LayerSpec layer = output && type.equals("dense") ? output(block) : reader.apply(block);
        boolean trainable = block.read("trainable", Values.flag(), true);
        boolean personal = block.read("sharing", Values.choice(Sharing.class), Sharing.SHARED) == Sharing.PERSONAL;
        block.rejectUnknown("a " + type + " layer");
        return Optional.of(trainable && !personal ? layer : new LayerSpec.Marked(layer, trainable, personal));
    }

    /** Leaves its units to the data unless they are given. */
    private static LayerSpec output(LayerBlock block) {
        return new Dense(block.read("units", units(), 0), activation(block, Activation.LINEAR));
    }

    private static Map<String, Function<LayerBlock, LayerSpec>> types() {
        Map<String, Function<LayerBlock, LayerSpec>> types = new LinkedHashMap<>();
        types.put("dense", block -> new Dense(block.read("units", units()), activation(block, Activation.RELU)));
        types.put("conv", LayerReader::convolution);
        types.put("max-pool", block -> {
            int size = block.read("size", count());
            return new LayerSpec.MaxPool(size, block.read("stride", count(), size));
        });
        types.put("average-pool", block -> {
            int size = block.read("size", count());
            return new LayerSpec.AveragePool(size, block.read("stride", count(), size));
        });
        types.put("global-average-pool", block -> new LayerSpec.GlobalAveragePool());
        types.put(
                "batch-norm",
                block -> new LayerSpec.BatchNorm(
                        block.read("statistics", Values.choice(Sharing.class), Sharing.SHARED) == Sharing.PERSONAL));
        types.put("group-norm", block -> new LayerSpec.GroupNorm(block.read("groups", units())));
        types.put("dropout", block -> new LayerSpec.Dropout(block.read("rate", Numbers.number(Range.SHARE))));
        types.put("flatten", block -> new LayerSpec.Flatten());
        types.put(
                "activation",
                block -> new LayerSpec.Activate(block.read("activation", Values.choice(Activation.class))));
        types.put("residual", LayerReader::residual);
        types.put("embed-columns", LayerReader::columns);
        types.put(
                "embed-tokens",
                block -> new LayerSpec.EmbedTokens(
                        block.read("vocabulary", units(), 0), block.read("dimensions", units())));
        types.put(
                "gru",
                block -> new LayerSpec.Gru(block.read("units", units()), block.read("sequence", Values.flag(), false)));
        types.put(
                "lstm",
                block ->
                        new LayerSpec.Lstm(block.read("units", units()), block.read("sequence", Values.flag(), false)));
        types.put("custom", CustomLayers::read);
        return types;
    }

    private static LayerSpec convolution(LayerBlock block) {
        return new LayerSpec.Convolution(
                block.read("channels", units()),
                block.read("kernel", count()),
                block.read("stride", count(), 1),
                block.read("padding", Numbers.wholeNumber(0, MAX_KERNEL), 0),
                block.read("bias", Values.flag(), true),
                activation(block, Activation.RELU));
    }

    private static LayerSpec residual(LayerBlock block) {
        List<LayerSpec> body = block.blocks("body", EXAMPLE, (inner, last) -> inner(inner));
        List<LayerSpec> shortcut = block.blocks("shortcut", EXAMPLE, (inner, last) -> inner(inner));
        return new LayerSpec.Residual(body, shortcut, activation(block, Activation.RELU));
    }

    private static LayerSpec columns(LayerBlock block) {
        return new LayerSpec.EmbedColumns(block.blocks(
                "columns", "{ column = 3, categories = 2, dimensions = 2 }", (column, last) -> {
                    EmbeddedColumn embedded = new EmbeddedColumn(
                            column.read("column", Numbers.wholeNumber(-MAX_UNITS, MAX_UNITS)),
                            column.read("categories", units()),
                            column.read("dimensions", units()));
                    column.rejectUnknown("an embedded column");
                    return Optional.of(embedded);
                }));
    }

    private static Activation activation(LayerBlock block, Activation otherwise) {
        return block.read("activation", Values.choice(Activation.class), otherwise);
    }

    private static Conversion<Integer> units() {
        return Numbers.wholeNumber(1, MAX_UNITS);
    }

    private static Conversion<Integer> count() {
        return Numbers.wholeNumber(1, MAX_KERNEL);
    }
}
