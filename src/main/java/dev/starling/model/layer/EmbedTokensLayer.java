package dev.starling.model.layer;

import dev.starling.model.LayerSpec.EmbeddedColumn;
import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;
import java.util.List;
import java.util.stream.IntStream;

/** Tokens become vectors: {@code [steps]} to {@code [steps, dimensions]}. Has no input gradient: tokens have none. */
final class EmbedTokensLayer extends BufferedLayer {

    private final int dimensions;
    private final EmbeddingTable table;

    private EmbedTokensLayer(Plan plan, int offset) {
        super(plan.steps, plan.steps * plan.dimensions);
        dimensions = plan.dimensions;
        table = new EmbeddingTable("a token", plan.vocabulary, dimensions, offset);
    }

    @Override
    public void forward(FloatMemory input, Step step) {
        for (int i = 0; i < step.examples() * inputs(); i++) {
            table.look(input.get(i), step.weights(), output(), i * dimensions);
        }
    }

    @Override
    public void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
        if (inputGradientWanted) {
            roomForGradient(step.examples()).clear();
        }
        if (!step.isFrozen()) {
            table.keep(step);
            for (int i = 0; i < step.examples() * inputs(); i++) {
                table.add(input.get(i), step, outputGradient, i * dimensions);
            }
        }
    }

    /** {@code steps} tokens below {@code vocabulary}. */
    record Plan(int steps, int vocabulary, int dimensions) implements LayerPlan {

        @Override
        public String kind() {
            return "embed-tokens";
        }

        @Override
        public Signal output() {
            return Signal.of(steps, dimensions);
        }

        @Override
        public List<TensorPlan> tensors() {
            return List.of(TensorPlan.weight("weight", List.of(vocabulary, dimensions), dimensions, dimensions));
        }

        @Override
        public List<EmbeddedColumn> codes() {
            return IntStream.range(0, steps)
                    .mapToObj(step -> new EmbeddedColumn(step, vocabulary, dimensions))
                    .toList();
        }

        @Override
        public Layer create(Kernels kernels, int offset) {
            return new EmbedTokensLayer(this, offset);
        }
    }
}
