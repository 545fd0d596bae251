package dev.starling.model;

import dev.starling.model.kernel.FloatMemory;
import java.util.Arrays;
import java.util.List;

/** The steps of one training with {@link RmsProp}, in float32. */
final class RmsPropUpdate implements WeightUpdate, AutoCloseable {

    private final RmsProp settings;
    private final List<TensorRange> trained;
    private final FloatMemory gradient = FloatMemory.allocate(0);
    private final float[] squares;
    private final float[] gradients;
    private final float[] values;

    RmsPropUpdate(RmsProp settings, TensorLayout layout) {
        this.settings = settings;
        this.trained = TensorRange.of(layout, true);
        this.squares = new float[layout.count()];
        this.gradients = new float[layout.count()];
        this.values = new float[layout.count()];
        gradient.reserve(layout.count());
    }

    @Override
    public FloatMemory begin(LocalSettings local) {
        gradient.clear();
        Arrays.fill(squares, 0);
        return gradient;
    }

    /** Nothing of the step before: the gradient is written plain. */
    @Override
    public float keep(LocalSettings local) {
        return 0;
    }

    @Override
    public void apply(LocalSettings local, FloatMemory base, FloatMemory weights) {
        gradient.get(0, gradients, gradients.length);
        weights.get(0, values, values.length);
        for (TensorRange range : trained) {
            step(local, range.from(), range.from() + range.count());
        }
        weights.put(0, values, values.length);
    }

    private void step(LocalSettings local, int from, int to) {
        float decay = (float) settings.decay();
        float epsilon = (float) settings.epsilon();
        float rate = (float) local.learningRate();
        float weightDecay = (float) local.weightDecay();
        for (int i = from; i < to; i++) {
            float g = gradients[i] + weightDecay * values[i];
            squares[i] = decay * squares[i] + (1 - decay) * g * g;
            values[i] -= rate * g / ((float) Math.sqrt(squares[i]) + epsilon);
        }
    }

    @Override
    public void close() {
        gradient.close();
    }
}
