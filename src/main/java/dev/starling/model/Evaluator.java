package dev.starling.model;

import dev.starling.model.kernel.Kernels;
import dev.starling.model.layer.Step;

/** Runs examples through a model and measures what comes out. One per thread. */
public final class Evaluator implements AutoCloseable {

    private static final int LARGEST_BLOCK = 500;
    private static final long VALUES_AT_ONCE = 2_000_000;

    private final Network network;
    private final int block;
    private int[] order = new int[0];

    public Evaluator(Architecture architecture) {
        this(architecture, fastest());
    }

    Evaluator(Architecture architecture, Kernels kernels) {
        this.network = new Network(architecture, kernels);
        this.block = block(architecture);
    }

    /**
     * Examples that go through the layers at once: fewer for models with large images between their layers. Cut ranges
     * at multiples of it to get the same bits for any cut.
     */
    public static int block(Architecture architecture) {
        long fitting = Math.min(
                VALUES_AT_ONCE / architecture.activationsPerExample(), Integer.MAX_VALUE / architecture.widestLayer());
        return (int) Math.max(1, Math.min(LARGEST_BLOCK, fitting));
    }

    private static Kernels fastest() {
        Backend.start();
        return Kernels.fastest();
    }

    /** Examples {@code from} (inclusive) to {@code to} (exclusive), without dropout and with running statistics. */
    public Evaluation evaluate(Parameters weights, Examples examples, int from, int to) {
        Backend.startThread();
        network.reserve(Math.min(block, to - from));
        Step step = Step.ofEvaluation(weights.memory());
        Evaluation sum = Evaluation.NONE;
        arrange(to);
        for (int at = from; at < to; at += block) {
            int size = Math.min(block, to - at);
            network.read(examples, order, at, size);
            step.evaluating(size);
            sum = sum.plus(network.evaluate(step));
        }
        return sum;
    }

    /** What the last layer gives for examples {@code from} to {@code to}: {@code [examples, outputs]}, flat. */
    public float[] scores(Parameters weights, Examples examples, int from, int to) {
        Backend.startThread();
        network.reserve(Math.min(block, to - from));
        Step step = Step.ofEvaluation(weights.memory());
        int outputs = network.outputs();
        float[] scores = new float[(to - from) * outputs];
        arrange(to);
        for (int at = from; at < to; at += block) {
            int size = Math.min(block, to - at);
            network.read(examples, order, at, size);
            step.evaluating(size);
            network.scores(step, scores, (at - from) * outputs);
        }
        return scores;
    }

    private void arrange(int count) {
        if (order.length < count) {
            order = new int[count];
            for (int i = 0; i < count; i++) {
                order[i] = i;
            }
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
