package dev.starling.model.layer;

import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;

/**
 * Batch and group normalisation: γ (x − mean) ÷ √(variance + ε) + β, γ and β per channel. They differ in what a mean is
 * taken over: a channel of the whole batch, or a group of channels of one example.
 */
final class NormalisationLayer extends BufferedLayer {

    private static final float EPSILON = 1e-5f;
    private static final float MOMENTUM = 0.1f;

    private final Plan plan;
    private final int channels;
    private final int scaleAt;
    private final int shiftAt;
    private final int meanAt;
    private final int varianceAt;
    private final ChannelSums sums;
    private final Target target = new Target();
    private final float[] scale;
    private final float[] shift;
    private final float[] runningMean;
    private final float[] runningVariance;
    private final float[] scaleGradient;
    private final float[] shiftGradient;
    private final float[] factor;
    private final float[] slope;
    private final float[] constant;
    private float[] means = new float[0];
    private float[] inverses = new float[0];

    private NormalisationLayer(Plan plan, int offset) {
        super(plan.output.width(), plan.output.width());
        this.plan = plan;
        channels = plan.channels();
        scaleAt = offset;
        shiftAt = offset + channels;
        meanAt = offset + 2 * channels;
        varianceAt = offset + 3 * channels;
        sums = new ChannelSums(channels);
        scale = new float[channels];
        shift = new float[channels];
        runningMean = new float[channels];
        runningVariance = new float[channels];
        scaleGradient = new float[channels];
        shiftGradient = new float[channels];
        factor = new float[channels];
        slope = new float[channels];
        constant = new float[channels];
    }

    @Override
    public void reserve(int examples) {
        super.reserve(examples);
        int segments = plan.batch ? 1 : examples;
        if (means.length < segments * channels) {
            means = new float[segments * channels];
            inverses = new float[segments * channels];
        }
    }

    @Override
    public void forward(FloatMemory input, Step step) {
        step.weights().get(scaleAt, scale, channels);
        step.weights().get(shiftAt, shift, channels);
        int segments = plan.batch ? 1 : step.examples();
        int length = step.examples() * inputs() / segments;
        for (int s = 0; s < segments; s++) {
            if (plan.batch && !step.usesBatchStatistics()) {
                readRunning(step);
            } else {
                measure(input, s, length);
            }
            for (int c = 0; c < channels; c++) {
                factor[c] = scale[c] * inverses[s * channels + c];
                constant[c] = shift[c] - means[s * channels + c] * factor[c];
            }
            sums.affine(input, s * length, output(), length, factor, constant);
        }
        int values = length / channels;
        if (plan.batch && step.movesStatistics() && values > 1) {
            moveRunning(step, values);
        }
    }

    /** Mean and 1 ÷ √(variance + ε) of segment {@code s}, for each channel. */
    private void measure(FloatMemory input, int s, int length) {
        int at = s * channels;
        sums.sum(input, s * length, length, means, at);
        average(means, at, length);
        sums.sumOfSquares(input, s * length, length, means, at, inverses, at);
        average(inverses, at, length);
        for (int c = 0; c < channels; c++) {
            runningVariance[c] = inverses[at + c];
            inverses[at + c] = (float) (1 / Math.sqrt((double) inverses[at + c] + EPSILON));
        }
    }

    /** Sums per channel become means per group, said for each channel. */
    private void average(float[] perChannel, int at, int length) {
        int perGroup = channels / plan.groups;
        double count = (double) length / plan.groups;
        for (int first = 0; first < channels; first += perGroup) {
            double sum = 0;
            for (int c = first; c < first + perGroup; c++) {
                sum += perChannel[at + c];
            }
            for (int c = first; c < first + perGroup; c++) {
                perChannel[at + c] = (float) (sum / count);
            }
        }
    }

    private void readRunning(Step step) {
        step.weights().get(meanAt, means, channels);
        step.weights().get(varianceAt, inverses, channels);
        for (int c = 0; c < channels; c++) {
            inverses[c] = (float) (1 / Math.sqrt((double) inverses[c] + EPSILON));
        }
    }

    /**
     * running ← 0.9 running + 0.1 batch, with the unbiased variance, as PyTorch does. A batch with one value per
     * channel says nothing of a variance (PyTorch refuses it): the running statistics stay as they are.
     *
     * @param count values per channel in the batch, at least 2
     */
    private void moveRunning(Step step, int count) {
        float unbiased = (float) count / (count - 1);
        step.weights().get(meanAt, runningMean, channels);
        step.weights().get(varianceAt, constant, channels);
        for (int c = 0; c < channels; c++) {
            runningMean[c] += MOMENTUM * (means[c] - runningMean[c]);
            constant[c] += MOMENTUM * (unbiased * runningVariance[c] - constant[c]);
        }
        step.statistics().put(meanAt, runningMean, channels);
        step.statistics().put(varianceAt, constant, channels);
    }

    @Override
    public void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
        int segments = plan.batch ? 1 : step.examples();
        int length = step.examples() * inputs() / segments;
        java.util.Arrays.fill(scaleGradient, 0f);
        java.util.Arrays.fill(shiftGradient, 0f);
        for (int s = 0; s < segments; s++) {
            int at = s * channels;
            sums.sum(outputGradient, s * length, length, factor, 0);
            sums.sumOfProducts(outputGradient, input, s * length, length, means, at, slope);
            for (int c = 0; c < channels; c++) {
                slope[c] *= inverses[at + c];
                shiftGradient[c] += factor[c];
                scaleGradient[c] += slope[c];
            }
            if (inputGradientWanted) {
                spread(input, outputGradient, s, length, step);
            }
        }
        if (!step.isFrozen()) {
            target.add(step, scaleAt, scaleGradient, channels);
            target.add(step, shiftAt, shiftGradient, channels);
        }
    }

    /**
     * dx = p·dy + q·x + r with p = γ/σ, and the means m1 of γ·dy and m2 of γ·dy·x̂ over the group: q = −m2/σ², r =
     * −m1/σ − q·mean. With running statistics, dx = p·dy.
     */
    private void spread(FloatMemory input, FloatMemory outputGradient, int s, int length, Step step) {
        int at = s * channels;
        boolean measured = !plan.batch || step.usesBatchStatistics();
        for (int c = 0; c < channels; c++) {
            factor[c] *= scale[c];
            slope[c] *= scale[c];
        }
        average(factor, 0, length);
        average(slope, 0, length);
        for (int c = 0; c < channels; c++) {
            float inverse = inverses[at + c];
            slope[c] = measured ? -slope[c] * inverse * inverse : 0f;
            constant[c] = measured ? -factor[c] * inverse - slope[c] * means[at + c] : 0f;
            factor[c] = scale[c] * inverse;
        }
        FloatMemory inputGradient = roomForGradient(step.examples());
        sums.affine(outputGradient, input, s * length, inputGradient, length, factor, slope, constant);
    }

    /**
     * Normalisation of {@code output}'s shape.
     *
     * @param batch over the batch (then {@code groups} is the number of channels) or over each example
     * @param personalStatistics whether running statistics stay on the device
     */
    record Plan(Signal output, boolean batch, int groups, boolean personalStatistics) implements LayerPlan {

        int channels() {
            return output.shape().get(0);
        }

        @Override
        public String kind() {
            return batch ? "batch-norm" : "group-norm";
        }

        @Override
        public List<TensorPlan> tensors() {
            List<TensorPlan> tensors = new ArrayList<>();
            tensors.add(TensorPlan.vector("scale", channels(), TensorPlan.Start.ONE));
            tensors.add(TensorPlan.vector("shift", channels(), TensorPlan.Start.ZERO));
            if (batch) {
                tensors.add(TensorPlan.vector("running-mean", channels(), TensorPlan.Start.ZERO)
                        .marked(false, personalStatistics));
                tensors.add(TensorPlan.vector("running-variance", channels(), TensorPlan.Start.ONE)
                        .marked(false, personalStatistics));
            }
            return tensors;
        }

        /** A batch of one image still has as many values per channel as the image has points. */
        @Override
        public boolean comparesExamples() {
            return batch && output.width() == channels();
        }

        @Override
        public Layer create(Kernels kernels, int offset) {
            return new NormalisationLayer(this, offset);
        }
    }
}
