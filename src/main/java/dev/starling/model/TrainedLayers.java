package dev.starling.model;

import dev.starling.base.InputException;
import dev.starling.model.LayerSpec.Marked;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which layers a training changes; the others stay as they are (transfer learning). A layer that the model itself
 * freezes stays frozen.
 *
 * @param which all, the last layer that has parameters, or those of {@code listed}
 * @param listed indices of layers as {@code validate -v} prints them; empty unless listed
 */
public record TrainedLayers(Which which, Set<Integer> listed) {

    /** The choice. */
    public enum Which {
        ALL,
        HEAD,
        LISTED
    }

    public static final TrainedLayers ALL = new TrainedLayers(Which.ALL, Set.of());
    public static final TrainedLayers HEAD = new TrainedLayers(Which.HEAD, Set.of());

    public TrainedLayers {
        listed = Set.copyOf(listed);
    }

    public static TrainedLayers of(Set<Integer> layers) {
        return new TrainedLayers(Which.LISTED, layers);
    }

    /**
     * {@code model} with all other layers frozen; {@code whole} is the same model, resolved. Throws InputException if a
     * listed layer is not there or nothing would be trained.
     */
    public ModelSettings of(ModelSettings model, Architecture whole) {
        if (which == Which.ALL) {
            return model;
        }
        Set<Integer> trained = which == Which.HEAD ? head(whole) : listed;
        for (int index : new TreeSet<>(trained)) {
            if (index < 0 || index >= model.layers().size()) {
                throw new InputException(
                        "personal.train",
                        "layers must be 0 to " + (model.layers().size() - 1) + " of model.layers, got " + index);
            }
        }
        boolean any = whole.table().stream()
                .anyMatch(row -> row.trainable() && row.parameters() > 0 && trained.contains(row.index()));
        if (!any) {
            throw new InputException(
                    "personal.train", "none of the layers " + new TreeSet<>(trained) + " can be trained");
        }
        List<LayerSpec> layers = new ArrayList<>();
        for (int i = 0; i < model.layers().size(); i++) {
            layers.add(
                    trained.contains(i)
                            ? model.layers().get(i)
                            : frozen(model.layers().get(i)));
        }
        return new ModelSettings(layers, model.loss(), model.initializer());
    }

    private static Set<Integer> head(Architecture whole) {
        return whole.table().stream()
                .filter(row -> row.parameters() > 0)
                .reduce((before, last) -> last)
                .map(row -> Set.of(row.index()))
                .orElse(Set.of());
    }

    private static LayerSpec frozen(LayerSpec layer) {
        return layer instanceof Marked marked
                ? new Marked(marked.layer(), false, marked.personal())
                : new Marked(layer, false, false);
    }
}
