package dev.starling.model;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.base.Rng;
import dev.starling.model.layer.LayerPlan;
import dev.starling.model.layer.LayerPlans;
import dev.starling.model.layer.Signal;
import dev.starling.model.layer.TensorPlan;
import java.util.ArrayList;
import java.util.List;

/** The layers of a model with their shapes resolved against the data. Immutable. */
public final class Architecture {

    private final Signal input;
    private final List<LayerPlan> layers;
    private final TensorLayout layout;
    private final Loss loss;

    private Architecture(Signal input, List<LayerPlan> layers, TensorLayout layout, Loss loss) {
        this.input = input;
        this.layers = List.copyOf(layers);
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
        Signal signal = input;
        List<LayerPlan> layers = new ArrayList<>();
        List<TensorSpec> tensors = new ArrayList<>();
        for (int i = 0; i < settings.layers().size(); i++) {
            LayerPlan layer = resolve(settings.layers().get(i), signal, i);
            for (TensorPlan tensor : layer.tensors()) {
                tensors.add(new TensorSpec(i + "." + layer.kind() + "." + tensor.name(), tensor.shape()));
            }
            layers.add(layer);
            signal = layer.output();
        }
        if (signal.width() != outputs) {
            throw new InputException(List.of(new Problem(
                    place(settings.layers().size() - 1),
                    "the last layer must have " + outputs + " outputs, as the data has classes or targets, got "
                            + signal.width() + " " + signal.shape())));
        }
        return new Architecture(input, layers, new TensorLayout(tensors), settings.loss());
    }

    private static LayerPlan resolve(LayerSpec spec, Signal input, int index) {
        try {
            return LayerPlans.of(spec, input);
        } catch (IllegalArgumentException misfit) {
            throw new InputException(place(index), misfit.getMessage() + " (its input is " + input.shape() + ")");
        }
    }

    private static String place(int index) {
        return "model.layers[" + index + "]";
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

    /** Floating-point operations to train on one example once: forward, backward and update multiply-adds × 2. */
    public double flopsPerExample() {
        double flops = forwardFlopsPerExample();
        for (int i = 0; i < layers.size(); i++) {
            flops += layers.get(i).updateFlops() + (i == 0 ? 0 : layers.get(i).inputGradientFlops());
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
