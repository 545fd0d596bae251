package dev.starling.model;

import dev.starling.base.InputException;
import dev.starling.base.Rng;
import dev.starling.model.layer.LayerPlan;
import dev.starling.model.layer.LayerPlans;
import dev.starling.model.layer.LayerSizes;
import dev.starling.model.layer.Signal;
import dev.starling.model.layer.TensorPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The layers of a model with their shapes resolved against the data. Immutable. */
public final class Architecture {

    private final Signal input;
    private final List<LayerPlans.Placed> placed;
    private final List<LayerPlan> layers;
    private final TensorLayout layout;
    private final Loss loss;

    private Architecture(Signal input, List<LayerPlans.Placed> placed, TensorLayout layout, Loss loss) {
        this.input = input;
        this.placed = List.copyOf(placed);
        this.layers = placed.stream().map(LayerPlans.Placed::plan).toList();
        this.layout = layout;
        this.loss = loss;
    }

    /**
     * Resolves {@code settings} for inputs of {@code inputShape} ({@code [features]} or {@code [channels, height,
     * width]}) and {@code outputs} classes or targets; {@link InputException} names the offending layer.
     */
    public static Architecture of(ModelSettings settings, List<Integer> inputShape, int outputs) {
        if (settings.layers().isEmpty()) {
            throw new InputException("model.layers", "a model needs at least one layer");
        }
        Signal input = new Signal(inputShape, false);
        List<LayerPlans.Placed> layers = resolve(withOutputs(settings.layers(), outputs), input);
        List<TensorSpec> tensors = new ArrayList<>();
        long parameters = 0;
        for (LayerPlans.Placed layer : layers) {
            parameters += layer.plan().count();
            if (parameters > LayerSizes.MOST_PARAMETERS) {
                throw new InputException(
                        "model.layers[" + layer.index() + "]",
                        "with it the model has " + LayerSizes.told(parameters) + " parameters, at most "
                                + LayerSizes.told(LayerSizes.MOST_PARAMETERS));
            }
            for (TensorPlan tensor : layer.plan().tensors()) {
                String name = layer.index() + "." + layer.plan().kind() + "." + tensor.name();
                tensors.add(new TensorSpec(name, tensor.shape(), tensor.trainable(), tensor.personal()));
            }
        }
        requireWholeNumbers(layers);
        Signal scores = layers.get(layers.size() - 1).plan().output();
        if (scores.width() != outputs) {
            throw new InputException(
                    "model.layers[" + (settings.layers().size() - 1) + "]",
                    "the last layer must have " + outputs + " outputs, as the data has classes or targets, got "
                            + scores.width() + " " + scores.shape() + moreClasses(settings, scores.width() - outputs));
        }
        return new Architecture(input, layers, new TensorLayout(tensors), settings.loss());
    }

    private static String moreClasses(ModelSettings settings, int more) {
        return settings.loss().takesLabels() && more > 0 ? " (if some classes do not occur, set data.classes)" : "";
    }

    /** What layers hand on is no code of anything; only columns that an embedding lets pass are as in the data. */
    private static void requireWholeNumbers(List<LayerPlans.Placed> layers) {
        boolean asInTheData = true;
        for (LayerPlans.Placed layer : layers) {
            if (!layer.plan().codes().isEmpty() && !asInTheData) {
                throw new InputException(
                        "model.layers[" + layer.index() + "]",
                        layer.plan().kind()
                                + " looks up whole numbers and must be the first layer: those in front of it"
                                + " hand on fractions");
            }
            asInTheData &=
                    layer.plan().kind().equals("reorder") || layer.plan().kind().equals("embed-columns");
        }
    }

    /** Which values of an example are embedded, and so must be whole numbers, 0 to below {@code categories}. */
    public List<LayerSpec.EmbeddedColumn> codes() {
        return layers.stream()
                .dropWhile(layer -> layer.kind().equals("reorder"))
                .findFirst()
                .map(LayerPlan::codes)
                .orElse(List.of());
    }

    /** The last layer may leave its size to the data, and tokens their number if they are what is predicted. */
    private static List<LayerSpec> withOutputs(List<LayerSpec> layers, int outputs) {
        List<LayerSpec> sized = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            sized.add(sized(layers.get(i), i == layers.size() - 1, outputs));
        }
        return sized;
    }

    private static LayerSpec sized(LayerSpec layer, boolean last, int outputs) {
        if (layer instanceof LayerSpec.Marked marked) {
            return new LayerSpec.Marked(sized(marked.layer(), last, outputs), marked.trainable(), marked.personal());
        } else if (last && layer instanceof LayerSpec.Dense dense && dense.units() == 0) {
            return new LayerSpec.Dense(outputs, dense.activation());
        } else if (layer instanceof LayerSpec.EmbedTokens embed && embed.vocabulary() == 0) {
            return new LayerSpec.EmbedTokens(outputs, embed.dimensions());
        }
        return layer;
    }

    private static List<LayerPlans.Placed> resolve(List<LayerSpec> layers, Signal input) {
        try {
            return new LayerPlans().resolve("layers", layers, input);
        } catch (LayerPlans.Misfit misfit) {
            throw new InputException("model." + misfit.place(), misfit.rule());
        }
    }

    /** Where each tensor lies; names are {@code index.kind.tensor}, for example {@code 0.dense.weight}. */
    public TensorLayout layout() {
        return layout;
    }

    public Loss loss() {
        return loss;
    }

    /** Floats per example. */
    public int inputs() {
        return input.width();
    }

    /** Scores per example. */
    public int outputs() {
        return layers.get(layers.size() - 1).output().width();
    }

    List<LayerPlan> layers() {
        return layers;
    }

    /** The layers as a table, with their shapes, parameters and operations. */
    public List<LayerRow> table() {
        List<LayerRow> rows = new ArrayList<>();
        for (LayerPlans.Placed layer : placed) {
            LayerPlan plan = layer.plan();
            rows.add(new LayerRow(
                    layer.index(),
                    plan.kind(),
                    plan.output().shape(),
                    plan.count(),
                    plan.trainable() || plan.count() == 0,
                    plan.forwardFlops()));
        }
        return rows;
    }

    /** The first layer, by its index, that learns nothing from batches of one example; empty if there is none. */
    public OptionalInt firstThatComparesExamples() {
        return placed.stream()
                .filter(layer -> layer.plan().comparesExamples())
                .mapToInt(LayerPlans.Placed::index)
                .findFirst();
    }

    /** The most values for one example in one array. */
    long widestLayer() {
        return Math.max(
                inputs(), layers.stream().mapToLong(LayerPlan::widest).max().orElse(0));
    }

    /** Values that one example leaves between the layers: what a batch takes in memory. */
    long activationsPerExample() {
        return layers.stream().mapToLong(layer -> layer.output().width()).sum() + inputs();
    }

    /**
     * Floating-point operations to train on one example once: forward, backward and update multiply-adds × 2. Layers in
     * front of the first trainable one need no backward pass.
     */
    public double flopsPerExample() {
        double flops = forwardFlopsPerExample();
        boolean trainableBefore = false;
        for (LayerPlan layer : layers) {
            flops += layer.updateFlops() + (trainableBefore ? layer.inputGradientFlops() : 0);
            trainableBefore |= layer.trainable();
        }
        return flops;
    }

    /** Floating-point operations to evaluate one example: multiply-adds × 2. */
    public double forwardFlopsPerExample() {
        return layers.stream().mapToDouble(LayerPlan::forwardFlops).sum();
    }

    /** First values: weights by {@code initializer} from {@code rng}, tensor after tensor; biases zero, scales one. */
    public Snapshot initial(Initializer initializer, Rng rng) {
        float[] values = new float[layout.count()];
        int at = 0;
        for (LayerPlan layer : layers) {
            for (TensorPlan tensor : layer.tensors()) {
                for (int i = 0; i < tensor.count(); i++) {
                    values[at++] = (float) InitialValues.next(initializer, tensor, rng);
                }
            }
        }
        return Snapshot.of(layout, values);
    }
}
