package dev.starling.model.layer;

import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;
import dev.starling.model.kernel.Pooling;
import dev.starling.model.kernel.PoolingShape;
import java.util.List;

/** Maximum or mean over windows of channels-last images. */
final class PoolingLayer extends BufferedLayer {

    private final Pooling pooling;

    private PoolingLayer(PoolingShape shape, Kernels kernels) {
        super(shape.inputs(), shape.outputs());
        pooling = Pooling.of(shape, kernels);
    }

    @Override
    public void forward(FloatMemory input, Step step) {
        pooling.forward(step.examples(), input, output());
    }

    @Override
    public void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
        if (inputGradientWanted) {
            pooling.backward(step.examples(), outputGradient, roomForGradient(step.examples()));
        }
    }

    @Override
    public void close() {
        super.close();
        pooling.close();
    }

    /** Pooling of known shape. */
    record Plan(PoolingShape shape) implements LayerPlan {

        @Override
        public String kind() {
            return shape.maximum() ? "max-pool" : "average-pool";
        }

        @Override
        public Signal output() {
            return new Signal(List.of(shape.channels(), shape.outHeight(), shape.outWidth()), true);
        }

        @Override
        public Layer create(Kernels kernels, int offset) {
            return new PoolingLayer(shape, kernels);
        }
    }
}
