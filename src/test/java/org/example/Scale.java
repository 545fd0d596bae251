package org.example;

import dev.starling.model.LayerSpec;
import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;
import dev.starling.model.layer.BufferedLayer;
import dev.starling.model.layer.Layer;
import dev.starling.model.layer.LayerPlan;
import dev.starling.model.layer.Signal;
import dev.starling.model.layer.Step;
import dev.starling.model.layer.TensorPlan;
import java.util.List;

/** Multiplies each value by a learned factor, which starts at one. */
public record Scale() implements LayerSpec.Custom {

    @Override
    public LayerPlan plan(Signal input) {
        return new Plan(input);
    }

    private record Plan(Signal output) implements LayerPlan {

        @Override
        public String kind() {
            return "scale";
        }

        @Override
        public List<TensorPlan> tensors() {
            return List.of(TensorPlan.vector("factor", output.width(), TensorPlan.Start.ONE));
        }

        @Override
        public Layer create(Kernels kernels, int offset) {
            return new Passes(output.width(), offset);
        }
    }

    private static final class Passes extends BufferedLayer {

        private final int factors; // where they lie in the vector of the model's weights

        Passes(int width, int factors) {
            super(width, width);
            this.factors = factors;
        }

        @Override
        public void forward(FloatMemory input, Step step) {
            for (int i = 0; i < step.examples() * inputs(); i++) {
                output().put(i, input.get(i) * step.weights().get(factors + i % inputs()));
            }
        }

        /** First the gradient of the input: the target of a step may be the weights themselves. */
        @Override
        public void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
            FloatMemory inputGradient = roomForGradient(step.examples());
            for (int i = 0; i < step.examples() * inputs(); i++) {
                inputGradient.put(i, outputGradient.get(i) * step.weights().get(factors + i % inputs()));
            }
            for (int j = 0; j < inputs() && !step.isFrozen(); j++) {
                float gradient = 0;
                for (int i = j; i < step.examples() * inputs(); i += inputs()) {
                    gradient += outputGradient.get(i) * input.get(i);
                }
                float kept = step.keep() == 0 ? 0 : step.keep() * step.target().get(factors + j);
                step.target().put(factors + j, kept + gradient);
            }
        }
    }
}
