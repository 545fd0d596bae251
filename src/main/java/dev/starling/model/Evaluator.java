package dev.starling.model;

import dev.starling.model.kernel.Kernels;
import dev.starling.model.layer.Step;

/** Runs examples through a model and measures what comes out. One per thread. */
public final class Evaluator implements AutoCloseable {

    /** Examples that go through the layers at once. Cut ranges at multiples of it to get the same bits for any cut. */
    public static final int BLOCK = 250;

    private final Network network;
    private int[] order = new int[0];

    public Evaluator(Architecture architecture) {
        this(architecture, fastest());
    }

    Evaluator(Architecture architecture, Kernels kernels) {
        this.network = new Network(architecture, kernels);
    }

    private static Kernels fastest() {
        Backend.start();
        return Kernels.fastest();
    }

    /** Examples {@code from} (inclusive) to {@code to} (exclusive), without dropout and with running statistics. */
    public Evaluation evaluate(Parameters weights, Examples examples, int from, int to) {
        Backend.startThread();
        network.reserve(Math.min(BLOCK, to - from));
        Step step = Step.evaluating(weights.memory());
        Evaluation sum = Evaluation.NONE;
        arrange(to);
        for (int at = from; at < to; at += BLOCK) {
            int size = Math.min(BLOCK, to - at);
            network.read(examples, order, at, size);
            step.evaluating(size);
            sum = sum.plus(network.evaluate(step));
        }
        return sum;
    }

    /** What the last layer gives for examples {@code from} to {@code to}: {@code [examples, outputs]}, flat. */
    public float[] scores(Parameters weights, Examples examples, int from, int to) {
        Backend.startThread();
        network.reserve(Math.min(BLOCK, to - from));
        Step step = Step.evaluating(weights.memory());
        int outputs = network.outputs();
        float[] scores = new float[(to - from) * outputs];
        arrange(to);
        for (int at = from; at < to; at += BLOCK) {
            int size = Math.min(BLOCK, to - at);
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
