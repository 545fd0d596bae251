package dev.starling.model.layer;

import dev.starling.model.Activation;
import dev.starling.model.kernel.Convolution;
import dev.starling.model.kernel.ConvolutionShape;
import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/** Convolution over channels-last images, with bias and activation in one pass over its result. */
final class ConvolutionLayer extends BufferedLayer {

    private final ConvolutionShape shape;
    private final Activation activation;
    private final boolean hasBias;
    private final Convolution convolution;
    private final int weightAt;
    private final int biasAt;
    private final FloatMemory sums = FloatMemory.allocate(0);
    private final FloatMemory sumGradient = FloatMemory.allocate(0);
    private final FloatMemory weightGradient = FloatMemory.allocate(0);
    private final Target target = new Target();
    private final ChannelTile tile;
    private final float[] bias;
    private final float[] values;
    private final float[] seen;
    private final float[] tiled;

    private ConvolutionLayer(Plan plan, Kernels kernels, int offset) {
        super(plan.shape.inputs(), plan.shape.outputs());
        shape = plan.shape;
        activation = plan.activation;
        hasBias = plan.bias;
        convolution = Convolution.of(shape, kernels);
        weightAt = offset;
        biasAt = offset + shape.weights();
        tile = new ChannelTile(shape.outChannels());
        bias = new float[shape.outChannels()];
        values = tile.allocate();
        seen = tile.allocate();
        tiled = tile.allocate();
    }

    @Override
    public void reserve(int examples) {
        super.reserve(examples);
        if (Activations.needsSums(activation)) {
            sums.reserve(examples * outputs());
        }
    }

    @Override
    public void forward(FloatMemory input, Step step) {
        convolution.forward(step.examples(), input, step.weights(), weightAt, output());
        if (hasBias || activation != Activation.LINEAR) {
            addBiasAndActivate(step);
        }
    }

    private void addBiasAndActivate(Step step) {
        if (hasBias) {
            step.weights().get(biasAt, bias, bias.length);
        }
        tile.repeat(bias, 0, tiled);
        int count = step.examples() * outputs();
        for (int at = 0; at < count; at += tile.length()) {
            int size = Math.min(tile.length(), count - at);
            output().get(at, values, size);
            for (int i = 0; i < size; i++) {
                values[i] += tiled[i];
            }
            if (Activations.needsSums(activation)) {
                sums.put(at, values, size);
            }
            Activations.forward(activation, values, size);
            output().put(at, values, size);
        }
    }

    @Override
    public void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
        FloatMemory gradient = throughActivation(outputGradient, step);
        if (inputGradientWanted) {
            convolution.backwardInput(
                    step.examples(), gradient, step.weights(), weightAt, roomForGradient(step.examples()));
        }
        if (!step.isFrozen()) {
            weightGradient.reserve(shape.weights());
            convolution.backwardWeights(step.examples(), input, gradient, weightGradient);
            target.add(step, weightAt, weightGradient, shape.weights());
            if (hasBias) {
                target.add(step, biasAt, bias, bias.length);
            }
        }
    }

    /** The gradient of the sums; leaves the bias's gradient in {@link #bias}. */
    private FloatMemory throughActivation(FloatMemory outputGradient, Step step) {
        boolean linear = activation == Activation.LINEAR;
        if (linear && !hasBias) {
            return outputGradient;
        }
        int count = step.examples() * outputs();
        sumGradient.reserve(linear ? 0 : count);
        Arrays.fill(tiled, 0f);
        FloatMemory remembered = Activations.needsSums(activation) ? sums : output();
        for (int at = 0; at < count; at += tile.length()) {
            int size = Math.min(tile.length(), count - at);
            outputGradient.get(at, values, size);
            if (!linear) {
                remembered.get(at, seen, size);
                Activations.backward(activation, seen, values, size);
                sumGradient.put(at, values, size);
            }
            for (int i = 0; i < size; i++) {
                tiled[i] += values[i];
            }
        }
        tile.fold(tiled, bias, 0);
        return linear ? outputGradient : sumGradient;
    }

    @Override
    public void close() {
        super.close();
        convolution.close();
        sums.close();
        sumGradient.close();
        weightGradient.close();
    }

    /** A convolution of known shape. */
    record Plan(ConvolutionShape shape, boolean bias, Activation activation) implements LayerPlan {

        @Override
        public String kind() {
            return "convolution";
        }

        @Override
        public Signal output() {
            return new Signal(List.of(shape.outChannels(), shape.outHeight(), shape.outWidth()), true);
        }

        @Override
        public List<TensorPlan> tensors() {
            TensorPlan weight = TensorPlan.weight(
                    "weight",
                    List.of(shape.outChannels(), shape.inChannels(), shape.kernel(), shape.kernel()),
                    shape.window(),
                    shape.outChannels() * shape.kernel() * shape.kernel());
            return bias ? List.of(weight, TensorPlan.bias(shape.outChannels())) : List.of(weight);
        }

        @Override
        public double forwardFlops() {
            return 2.0 * shape.outputs() * shape.window();
        }

        @Override
        public Layer create(Kernels kernels, int offset) {
            return new ConvolutionLayer(this, kernels, offset);
        }
    }
}
