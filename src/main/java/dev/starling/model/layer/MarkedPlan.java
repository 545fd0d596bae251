package dev.starling.model.layer;

import dev.starling.model.LayerSpec.EmbeddedColumn;
import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;
import java.util.List;

/** A layer that is frozen, or whose tensors stay on the device. */
record MarkedPlan(LayerPlan layer, boolean trains, boolean personal) implements LayerPlan {

    @Override
    public String kind() {
        return layer.kind();
    }

    @Override
    public Signal output() {
        return layer.output();
    }

    @Override
    public long widest() {
        return layer.widest();
    }

    @Override
    public List<TensorPlan> tensors() {
        return layer.tensors().stream()
                .map(tensor -> tensor.marked(tensor.trainable() && trains, tensor.personal() || personal))
                .toList();
    }

    @Override
    public List<EmbeddedColumn> codes() {
        return layer.codes();
    }

    @Override
    public double forwardFlops() {
        return layer.forwardFlops();
    }

    @Override
    public double inputGradientFlops() {
        return layer.inputGradientFlops();
    }

    @Override
    public double updateFlops() {
        return trains ? layer.updateFlops() : 0;
    }

    @Override
    public boolean comparesExamples() {
        return trains && layer.comparesExamples();
    }

    @Override
    public Layer create(Kernels kernels, int offset) {
        Layer created = layer.create(kernels, offset);
        return trains ? created : new Frozen(created);
    }

    /** Runs a layer without gradients of its own and without moving its statistics. */
    private record Frozen(Layer layer) implements Layer {

        @Override
        public void reserve(int examples) {
            layer.reserve(examples);
        }

        @Override
        public void forward(FloatMemory input, Step step) {
            boolean before = step.isFrozen();
            step.freeze(true);
            layer.forward(input, step);
            step.freeze(before);
        }

        @Override
        public void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
            boolean before = step.isFrozen();
            step.freeze(true);
            layer.backward(input, outputGradient, inputGradientWanted, step);
            step.freeze(before);
        }

        @Override
        public FloatMemory output() {
            return layer.output();
        }

        @Override
        public FloatMemory inputGradient() {
            return layer.inputGradient();
        }

        @Override
        public void close() {
            layer.close();
        }
    }
}
