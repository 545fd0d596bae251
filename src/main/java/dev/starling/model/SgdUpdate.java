package dev.starling.model;

import dev.starling.model.kernel.FloatMemory;
import java.util.List;

/**
 * The step of SGD when it cannot be written straight into the weights: with momentum or a proximal term.
 *
 * <p>g' = g + λ·w + μ·(w − base); v ← momentum·v + g'; w ← w − η·v (Polyak 1964; Sutskever et al., ICML 2013, without
 * dampening; proximal term of Li et al., MLSys 2020). Layers write momentum·v + g by themselves, into the velocity;
 * without momentum that is the plain gradient.
 */
final class SgdUpdate implements WeightUpdate, AutoCloseable {

    /** Small enough for some blocks to stay in the first-level cache. */
    private static final int BLOCK = 1024;

    private final int count;
    private final List<TensorRange> trained;
    private final FloatMemory velocity = FloatMemory.allocate(0);
    private final float[] velocityBlock = new float[BLOCK];
    private final float[] weightBlock = new float[BLOCK];
    private final float[] baseBlock = new float[BLOCK];

    SgdUpdate(TensorLayout layout) {
        this.count = layout.count();
        this.trained = TensorRange.of(layout, true);
    }

    /** Whether layers may write {@code keep · w − η · g} into the weights themselves. */
    static boolean direct(LocalSettings settings) {
        return settings.momentum() == 0 && settings.proximal() == 0 && remains(settings) > 0;
    }

    /** What remains of a weight before its gradient is subtracted: 1 − η·λ. */
    static float remains(LocalSettings settings) {
        return (float) (1 - settings.learningRate() * settings.weightDecay());
    }

    /** Where layers write, keeping momentum · of what is there; the velocity of the training before is forgotten. */
    @Override
    public FloatMemory begin(LocalSettings settings) {
        velocity.reserve(count);
        if (settings.momentum() != 0) {
            velocity.clear();
        }
        return velocity;
    }

    /** As {@link #begin}, going on with the velocity of an earlier training. */
    FloatMemory resume(LocalSettings settings, Snapshot before) {
        FloatMemory memory = begin(settings);
        if (settings.momentum() != 0) {
            memory.floats().put(0, before.floats(), 0, count);
        }
        return memory;
    }

    /** The velocity after the last step: all zero without momentum. */
    Snapshot velocity(LocalSettings settings, TensorLayout layout) {
        velocity.reserve(count);
        if (settings.momentum() == 0) {
            velocity.clear();
        }
        return Snapshot.of(layout, velocity.floats().slice(0, count));
    }

    @Override
    public float keep(LocalSettings settings) {
        return (float) settings.momentum();
    }

    /** One step from the velocity that the layers wrote. */
    @Override
    public void apply(LocalSettings settings, FloatMemory base, FloatMemory weights) {
        for (int r = 0; r < trained.size(); r++) {
            TensorRange range = trained.get(r);
            apply(settings, base, weights, range.from(), range.from() + range.count());
        }
    }

    private void apply(LocalSettings settings, FloatMemory base, FloatMemory weights, int start, int end) {
        boolean penalties = settings.weightDecay() != 0 || settings.proximal() != 0;
        for (int from = start; from < end; from += BLOCK) {
            int size = Math.min(BLOCK, end - from);
            velocity.get(from, velocityBlock, size);
            weights.get(from, weightBlock, size);
            if (penalties) {
                addPenalties(settings, base, from, size);
                velocity.put(from, velocityBlock, size);
            }
            descend(weightBlock, velocityBlock, (float) settings.learningRate(), size);
            weights.put(from, weightBlock, size);
        }
    }

    private void addPenalties(LocalSettings settings, FloatMemory base, int from, int size) {
        float decay = (float) settings.weightDecay();
        if (decay != 0) {
            for (int i = 0; i < size; i++) {
                velocityBlock[i] += decay * weightBlock[i];
            }
        }
        float proximal = (float) settings.proximal();
        if (proximal != 0) {
            base.get(from, baseBlock, size);
            for (int i = 0; i < size; i++) {
                velocityBlock[i] += proximal * (weightBlock[i] - baseBlock[i]);
            }
        }
    }

    private static void descend(float[] weights, float[] direction, float learningRate, int size) {
        for (int i = 0; i < size; i++) {
            weights[i] -= learningRate * direction[i];
        }
    }

    @Override
    public void close() {
        velocity.close();
    }
}
