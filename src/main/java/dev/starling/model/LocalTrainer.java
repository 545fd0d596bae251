package dev.starling.model;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;
import dev.starling.model.layer.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Local training: SGD on the examples of one device. One per thread; buffers are kept and grow to the largest batch
 * seen. A step allocates nothing.
 */
public final class LocalTrainer implements AutoCloseable {

    /** Odd, with its bits well mixed: the golden ratio. */
    private static final long KEY_STRIDE = 0x9E3779B97F4A7C15L;

    private final Architecture architecture;
    private final Network network;
    private final SgdUpdate update;
    private final List<TensorRange> trained;
    private final List<TensorRange> untrained;
    private final Finiteness finiteness = new Finiteness();
    private int[] order = new int[0];

    public LocalTrainer(Architecture architecture) {
        this(architecture, fastest());
    }

    LocalTrainer(Architecture architecture, Kernels kernels) {
        this.architecture = architecture;
        this.network = new Network(architecture, kernels);
        this.trained = TensorRange.of(architecture.layout(), true);
        this.untrained = TensorRange.of(architecture.layout(), false);
        this.update = new SgdUpdate(architecture.layout());
    }

    private static Kernels fastest() {
        Backend.start();
        return Kernels.fastest();
    }

    /**
     * {@code weights} := {@code base} trained on {@code examples}; at most {@code maxSteps} local steps. Same inputs,
     * same bits. The order of examples and whatever layers draw are keyed by the next number of {@code shuffle}. Training
     * stops at the first step whose loss, or after which a parameter, is not finite; {@code weights} are then of no use.
     */
    public LocalResult train(
            Parameters base, Parameters weights, Examples examples, LocalSettings settings, int maxSteps, Rng shuffle) {
        return train(base, weights, examples, settings, maxSteps, shuffle, Optional.empty());
    }

    /** As above, going on with the {@link #velocity} of an earlier training, which counts only with momentum. */
    public LocalResult train(
            Parameters base,
            Parameters weights,
            Examples examples,
            LocalSettings settings,
            int maxSteps,
            Rng shuffle,
            Optional<Snapshot> velocity) {
        Supplier<FloatMemory> start =
                () -> velocity.map(before -> update.resume(settings, before)).orElseGet(() -> update.begin(settings));
        Optional<WeightUpdate> optimizer = SgdUpdate.direct(settings) ? Optional.empty() : Optional.of(update);
        return train(base, weights, examples, settings, maxSteps, shuffle, optimizer, start);
    }

    /**
     * As above with {@link RmsProp} in place of SGD. Of {@code settings} momentum and proximal term must be 0:
     * IllegalArgumentException.
     */
    public LocalResult train(
            Parameters base,
            Parameters weights,
            Examples examples,
            LocalSettings settings,
            RmsProp optimizer,
            Rng shuffle) {
        if (settings.momentum() != 0 || settings.proximal() != 0) {
            throw new IllegalArgumentException("momentum and proximal must be 0 with RMSProp, got "
                    + settings.momentum() + " and " + settings.proximal());
        }
        try (RmsPropUpdate steps = new RmsPropUpdate(optimizer, architecture.layout())) {
            return train(
                    base,
                    weights,
                    examples,
                    settings,
                    Integer.MAX_VALUE,
                    shuffle,
                    Optional.of(steps),
                    () -> steps.begin(settings));
        }
    }

    private LocalResult train(
            Parameters base,
            Parameters weights,
            Examples examples,
            LocalSettings settings,
            int maxSteps,
            Rng shuffle,
            Optional<WeightUpdate> optimizer,
            Supplier<FloatMemory> start) {
        if (base == weights) {
            throw new IllegalArgumentException("base and weights must be different parameters");
        }
        Backend.startThread();
        network.reserve(settings.largestBatch(examples.count()));
        Seeds keys = new Seeds(shuffle.nextLong());
        LocalResult result = run(base, weights, examples, settings, maxSteps, keys, optimizer, start, false);
        // Looking at every parameter after every step would cost as much as a small step. What once is not finite stays
        // so, hence one look at the end suffices; if it finds something, the training is repeated to find the step.
        if (result.diverged() || !finiteness.holds(weights.memory(), weights.count())) {
            result = run(base, weights, examples, settings, maxSteps, keys, optimizer, start, true);
        }
        return result;
    }

    private LocalResult run(
            Parameters base,
            Parameters weights,
            Examples examples,
            LocalSettings settings,
            int maxSteps,
            Seeds keys,
            Optional<WeightUpdate> optimizer,
            Supplier<FloatMemory> start,
            boolean careful) {
        weights.copyFrom(base);
        int count = examples.count();
        int batch = settings.largestBatch(count);
        WeightUpdate steps = optimizer.orElse(null);
        FloatMemory target = steps == null ? weights.memory() : start.get();
        float keep = steps == null ? SgdUpdate.remains(settings) : steps.keep(settings);
        Step step = Step.ofTraining(weights.memory(), target, keep, keys.seed());
        arrange(count);
        long seen = 0;
        double lossSum = 0;
        for (int epoch = 0; epoch < settings.epochs() && step.number() < maxSteps; epoch++) {
            if (settings.shuffle()) {
                keys.of(Purpose.SHUFFLE, epoch).shuffle(order, count);
            }
            for (int from = 0; from < count && step.number() < maxSteps; from += batch) {
                int size = Math.min(batch, count - from);
                step.training(size);
                network.readForTraining(examples, order, from, size, keys.seed() + step.number() * KEY_STRIDE);
                double loss =
                        network.train(step, steps == null ? (float) (-settings.learningRate() / size) : 1f / size);
                if (steps != null) {
                    steps.apply(settings, base.memory(), weights.memory());
                }
                seen += size;
                lossSum += loss;
                if (!Double.isFinite(loss)) {
                    return new LocalResult(step.number(), seen, lossSum, step.number());
                } else if (careful && !finiteness.holds(weights.memory(), weights.count())) {
                    return new LocalResult(step.number(), seen, Double.NaN, step.number());
                }
            }
        }
        return new LocalResult(step.number(), seen, lossSum, 0);
    }

    /** The momentum that the last training with {@code settings} ended with: what {@code train} can go on with. */
    public Snapshot velocity(LocalSettings settings) {
        return update.velocity(settings, architecture.layout());
    }

    /**
     * {@code gradient} := gradient of the mean loss at {@code weights} over examples {@code order[from …
     * from+count-1]}; of tensors that are not trained it is by how much the batch moves them: running statistics. The
     * result has one step; its loss is the loss sum of the batch.
     */
    public LocalResult gradient(
            Parameters weights, Parameters gradient, Examples examples, int[] order, int from, int count) {
        return gradient(weights, gradient, examples, order, from, count, keyOf(order, from, count));
    }

    /** As above; {@code key} decides what is drawn at random for this batch. */
    public LocalResult gradient(
            Parameters weights, Parameters gradient, Examples examples, int[] order, int from, int count, long key) {
        Backend.startThread();
        network.reserve(count);
        network.readForTraining(examples, order, from, count, key);
        Step step = Step.ofGradient(weights.memory(), gradient.memory(), key);
        step.training(count);
        untrained.forEach(range -> gradient.memory().copy(range.from(), weights.memory(), range.from(), range.count()));
        double loss = network.train(step, 1f / count);
        untrained.forEach(range -> subtract(gradient.memory(), weights.memory(), range));
        boolean finite = Double.isFinite(loss) && finiteness.holds(gradient.memory(), gradient.count());
        return new LocalResult(1, count, finite ? loss : Double.NaN, finite ? 0 : 1);
    }

    private static void subtract(FloatMemory from, FloatMemory what, TensorRange range) {
        for (int i = range.from(); i < range.from() + range.count(); i++) {
            from.put(i, from.get(i) - what.get(i));
        }
    }

    /** {@code gradient} += {@code decay} · {@code weights} where they are trained, as in training. */
    public void addDecay(Parameters gradient, Parameters weights, double decay) {
        float factor = (float) decay;
        if (factor != 0) {
            for (TensorRange range : trained) {
                for (int i = range.from(); i < range.from() + range.count(); i++) {
                    gradient.memory()
                            .put(
                                    i,
                                    gradient.memory().get(i)
                                            + factor * weights.memory().get(i));
                }
            }
        }
    }

    /** The same batch always draws the same dropout; another batch another. */
    private static long keyOf(int[] order, int from, int count) {
        long key = count;
        for (int i = from; i < from + count; i++) {
            key = key * KEY_STRIDE + order[i];
        }
        return key;
    }

    private void arrange(int count) {
        if (order.length < count) {
            order = new int[count];
        }
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
    }

    public Architecture architecture() {
        return architecture;
    }

    @Override
    public void close() {
        network.close();
        update.close();
    }
}
