package dev.starling.model.layer;

import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;

/** Layers one behind the other. Backward stops at the first layer that has something to train. */
public final class Chain implements AutoCloseable {

    private final List<Layer> layers = new ArrayList<>();
    private final int firstTrainable;

    /**
     * @param offset of the first layer's first tensor in the model's vector
     */
    public Chain(List<LayerPlan> plans, Kernels kernels, int offset) {
        int at = offset;
        int first = plans.size();
        for (int i = 0; i < plans.size(); i++) {
            LayerPlan plan = plans.get(i);
            layers.add(plan.create(kernels, at));
            at += plan.count();
            first = plan.trainable() ? Math.min(first, i) : first;
        }
        firstTrainable = first;
    }

    public void reserve(int examples) {
        for (Layer layer : layers) {
            layer.reserve(examples);
        }
    }

    /** What the last layer gives; {@code input} if there is none. */
    public FloatMemory forward(FloatMemory input, Step step) {
        FloatMemory signal = input;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            layer.forward(signal, step);
            signal = layer.output();
        }
        return signal;
    }

    /** The gradient of {@code input}: defined only if it is wanted. */
    public FloatMemory backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
        int last = inputGradientWanted ? 0 : firstTrainable;
        FloatMemory gradient = outputGradient;
        for (int i = layers.size() - 1; i >= last; i--) {
            Layer layer = layers.get(i);
            FloatMemory layerInput = i == 0 ? input : layers.get(i - 1).output();
            layer.backward(layerInput, gradient, inputGradientWanted || i > firstTrainable, step);
            gradient = layer.inputGradient();
        }
        return gradient;
    }

    @Override
    public void close() {
        layers.forEach(Layer::close);
    }
}
