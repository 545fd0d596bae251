package dev.starling.model.layer;

import dev.starling.model.Activation;
import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** activation(body(x) + shortcut(x)); an empty shortcut is the identity. */
final class ResidualLayer extends BufferedLayer {

    private static final int BLOCK = 1024;

    private final Activation activation;
    private final Chain body;
    private final Chain shortcut;
    private final FloatMemory sums = FloatMemory.allocate(0);
    private final FloatMemory sumGradient = FloatMemory.allocate(0);
    private final BlockActivation derivative;
    private final float[] values = new float[BLOCK];
    private final float[] others = new float[BLOCK];

    private ResidualLayer(Plan plan, Kernels kernels, int offset) {
        super(plan.input.width(), plan.output().width());
        activation = plan.activation;
        derivative = new BlockActivation(activation);
        body = new Chain(plan.body, kernels, offset);
        int bodyCount = plan.body.stream().mapToInt(LayerPlan::count).sum();
        shortcut = new Chain(plan.shortcut, kernels, offset + bodyCount);
    }

    @Override
    public void reserve(int examples) {
        super.reserve(examples);
        body.reserve(examples);
        shortcut.reserve(examples);
        if (Activations.needsSums(activation)) {
            sums.reserve(examples * outputs());
        }
    }

    @Override
    public void forward(FloatMemory input, Step step) {
        FloatMemory one = body.forward(input, step);
        FloatMemory other = shortcut.forward(input, step);
        int count = step.examples() * outputs();
        for (int at = 0; at < count; at += BLOCK) {
            int size = Math.min(BLOCK, count - at);
            add(one, other, at, size);
            if (Activations.needsSums(activation)) {
                sums.put(at, values, size);
            }
            Activations.forward(activation, values, size);
            output().put(at, values, size);
        }
    }

    @Override
    public void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
        int examples = step.examples();
        FloatMemory gradient = outputGradient;
        if (activation != Activation.LINEAR) {
            sumGradient.reserve(examples * outputs());
            FloatMemory remembered = Activations.needsSums(activation) ? sums : output();
            derivative.backward(remembered, outputGradient, sumGradient, examples * outputs());
            gradient = sumGradient;
        }
        FloatMemory one = body.backward(input, gradient, inputGradientWanted, step);
        FloatMemory other = shortcut.backward(input, gradient, inputGradientWanted, step);
        if (inputGradientWanted) {
            FloatMemory inputGradient = roomForGradient(examples);
            int count = examples * inputs();
            for (int at = 0; at < count; at += BLOCK) {
                int size = Math.min(BLOCK, count - at);
                add(one, other, at, size);
                inputGradient.put(at, values, size);
            }
        }
    }

    private void add(FloatMemory one, FloatMemory other, int at, int size) {
        one.get(at, values, size);
        other.get(at, others, size);
        for (int i = 0; i < size; i++) {
            values[i] += others[i];
        }
    }

    @Override
    public void close() {
        super.close();
        body.close();
        shortcut.close();
        sums.close();
        sumGradient.close();
    }

    /** A block whose two ways give the same shape. */
    record Plan(Signal input, List<LayerPlan> body, List<LayerPlan> shortcut, Activation activation)
            implements LayerPlan {

        Plan {
            body = List.copyOf(body);
            shortcut = List.copyOf(shortcut);
        }

        @Override
        public String kind() {
            return "residual";
        }

        @Override
        public Signal output() {
            return body.get(body.size() - 1).output();
        }

        @Override
        public long widest() {
            return Stream.concat(body.stream(), shortcut.stream())
                    .mapToLong(LayerPlan::widest)
                    .max()
                    .orElse(0);
        }

        @Override
        public List<TensorPlan> tensors() {
            List<TensorPlan> tensors = new ArrayList<>();
            collect("body", body, tensors);
            collect("shortcut", shortcut, tensors);
            return tensors;
        }

        @Override
        public boolean comparesExamples() {
            return Stream.concat(body.stream(), shortcut.stream()).anyMatch(LayerPlan::comparesExamples);
        }

        private static void collect(String way, List<LayerPlan> layers, List<TensorPlan> tensors) {
            for (int i = 0; i < layers.size(); i++) {
                String prefix = way + "." + i + "." + layers.get(i).kind() + ".";
                layers.get(i).tensors().forEach(tensor -> tensors.add(tensor.named(prefix + tensor.name())));
            }
        }

        @Override
        public double forwardFlops() {
            return body.stream().mapToDouble(LayerPlan::forwardFlops).sum()
                    + shortcut.stream().mapToDouble(LayerPlan::forwardFlops).sum();
        }

        @Override
        public double inputGradientFlops() {
            return body.stream().mapToDouble(LayerPlan::inputGradientFlops).sum()
                    + shortcut.stream()
                            .mapToDouble(LayerPlan::inputGradientFlops)
                            .sum();
        }

        @Override
        public double updateFlops() {
            return body.stream().mapToDouble(LayerPlan::updateFlops).sum()
                    + shortcut.stream().mapToDouble(LayerPlan::updateFlops).sum();
        }

        @Override
        public Layer create(Kernels kernels, int offset) {
            return new ResidualLayer(this, kernels, offset);
        }
    }
}
