package dev.starling.model.layer;

import dev.starling.model.Activation;
import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;

/** An activation by itself. */
final class ActivationLayer extends BufferedLayer {

    private final boolean needsSums;
    private final BlockActivation activation;

    private ActivationLayer(Plan plan) {
        super(plan.output.width(), plan.output.width());
        needsSums = Activations.needsSums(plan.activation);
        activation = new BlockActivation(plan.activation);
    }

    @Override
    public void forward(FloatMemory input, Step step) {
        activation.forward(input, output(), step.examples() * outputs());
    }

    @Override
    public void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
        if (inputGradientWanted) {
            activation.backward(
                    needsSums ? input : output(),
                    outputGradient,
                    roomForGradient(step.examples()),
                    step.examples() * outputs());
        }
    }

    /** Shape as it comes. */
    record Plan(Signal output, Activation activation) implements LayerPlan {

        @Override
        public String kind() {
            return activation.name().toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public Layer create(Kernels kernels, int offset) {
            return new ActivationLayer(this);
        }
    }
}
