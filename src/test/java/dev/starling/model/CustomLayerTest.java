package dev.starling.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;
import dev.starling.model.layer.BufferedLayer;
import dev.starling.model.layer.Layer;
import dev.starling.model.layer.LayerPlan;
import dev.starling.model.layer.Signal;
import dev.starling.model.layer.Step;
import dev.starling.model.layer.TensorPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A layer of one's own takes one file: its description, its plan and its two passes. */
class CustomLayerTest {

    /** Multiplies each value by a learned factor. */
    record Scale() implements LayerSpec.Custom {

        @Override
        public LayerPlan plan(Signal input) {
            return new Plan(input);
        }

        record Plan(Signal output) implements LayerPlan {

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
                return new ScaleLayer(output.width(), offset);
            }
        }
    }

    /** One thread's buffers and passes of {@link Scale}. */
    static final class ScaleLayer extends BufferedLayer {

        private final int factorAt;

        ScaleLayer(int width, int factorAt) {
            super(width, width);
            this.factorAt = factorAt;
        }

        @Override
        public void forward(FloatMemory input, Step step) {
            for (int i = 0; i < step.examples() * outputs(); i++) {
                output().put(i, input.get(i) * step.weights().get(factorAt + i % outputs()));
            }
        }

        @Override
        public void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
            FloatMemory inputGradient = roomForGradient(step.examples());
            for (int i = 0; i < step.examples() * outputs(); i++) {
                inputGradient.put(i, outputGradient.get(i) * step.weights().get(factorAt + i % outputs()));
            }
            if (!step.isFrozen()) {
                for (int j = 0; j < outputs(); j++) {
                    float gradient = 0;
                    for (int e = 0; e < step.examples(); e++) {
                        gradient += outputGradient.get(e * outputs() + j) * input.get(e * outputs() + j);
                    }
                    float kept =
                            step.keep() == 0 ? 0 : step.keep() * step.target().get(factorAt + j);
                    step.target().put(factorAt + j, kept + gradient);
                }
            }
        }
    }

    @Test
    void trainsLikeAnyOther() {
        Architecture architecture = Architecture.of(
                TestModels.model(
                        Loss.CROSS_ENTROPY,
                        new LayerSpec.Dense(7, Activation.TANH),
                        new Scale(),
                        new LayerSpec.Dense(3, Activation.LINEAR)),
                List.of(5),
                3);
        assertThat(architecture.layout().tensors().get(2)).isEqualTo(new TensorSpec("1.scale.factor", List.of(7)));
        Backend.start();
        GradientCheck.check(architecture, 6, 1, Kernels.fastest());
    }
}
