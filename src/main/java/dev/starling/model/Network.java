package dev.starling.model;

import dev.starling.base.InputException;
import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;
import dev.starling.model.layer.Answers;
import dev.starling.model.layer.Chain;
import dev.starling.model.layer.LayerSizes;
import dev.starling.model.layer.LossFunction;
import dev.starling.model.layer.Step;

/** The layers of an architecture with the buffers of one thread; runs batches through them. */
final class Network implements AutoCloseable {

    private final int inputs;
    private final int outputs;
    private final long widest;
    private final Chain layers;
    private final FloatMemory input = FloatMemory.allocate(0);
    private final FloatMemory scoreGradient = FloatMemory.allocate(0);
    private final LossFunction loss;
    private final Answers answers = new Answers();
    private float[] scores = new float[0];
    private int room;

    Network(Architecture architecture, Kernels kernels) {
        this.inputs = architecture.inputs();
        this.outputs = architecture.outputs();
        this.widest = architecture.widestLayer();
        this.loss = LossFunction.of(architecture.loss());
        this.layers = new Chain(architecture.layers(), kernels, 0);
    }

    /** Makes room for batches of up to {@code examples} examples; InputException for more than arrays can hold. */
    void reserve(int examples) {
        if (examples > room) {
            if (examples * widest > Integer.MAX_VALUE) {
                throw new InputException(
                        "local.batch",
                        "a batch of " + examples + " examples needs " + LayerSizes.told(examples * widest)
                                + " values in the widest layer (" + widest + " each), at most "
                                + LayerSizes.told(Integer.MAX_VALUE) + ": take smaller batches");
            }
            input.reserve(examples * inputs);
            scoreGradient.reserve(examples * outputs);
            scores = new float[examples * outputs];
            layers.reserve(examples);
            room = examples;
        }
    }

    /** Brings examples {@code order[from … from+count-1]} before the first layer. */
    void read(Examples examples, int[] order, int from, int count) {
        examples.features(order, from, count, input.floats());
        answers.read(examples, order, from, count);
    }

    /** As {@link #read}, for training. */
    void readForTraining(Examples examples, int[] order, int from, int count, long key) {
        examples.trainingFeatures(order, from, count, key, input.floats());
        answers.read(examples, order, from, count);
    }

    /** Forward and backward over the batch that was read; gradients go to the step's target. Returns the loss sum. */
    double train(Step step, float factor) {
        forward(step);
        int count = step.examples() * outputs;
        double lossSum = loss.gradient(scores, answers, step.examples(), outputs, factor);
        scoreGradient.put(0, scores, count);
        layers.backward(input, scoreGradient, false, step);
        return lossSum;
    }

    /** Loss and errors over the batch that was read. */
    Evaluation evaluate(Step step) {
        forward(step);
        return loss.evaluate(scores, answers, step.examples(), outputs);
    }

    /** Scores of the batch that was read, into {@code into} from index {@code at}. */
    void scores(Step step, float[] into, int at) {
        forward(step);
        System.arraycopy(scores, 0, into, at, step.examples() * outputs);
    }

    int outputs() {
        return outputs;
    }

    private void forward(Step step) {
        layers.forward(input, step).get(0, scores, step.examples() * outputs);
    }

    @Override
    public void close() {
        layers.close();
        input.close();
        scoreGradient.close();
    }
}
