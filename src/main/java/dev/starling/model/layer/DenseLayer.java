package dev.starling.model.layer;

import dev.starling.model.Activation;
import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Gemm;
import dev.starling.model.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/** Fully connected: activation(x Wᵀ + b), W of shape {@code [units, inputs]}. */
final class DenseLayer extends BufferedLayer {

    private final Gemm gemm;
    private final int units;
    private final Activation activation;
    private final boolean needsSums;
    private final int weightAt;
    private final int biasAt;
    private final FloatMemory sumGradient = FloatMemory.allocate(0);
    private final float[] bias;
    private final float[] biasGradient;
    private float[] outputs = new float[0];
    private float[] gradients = new float[0];
    private float[] sums = new float[0];

    private DenseLayer(Plan plan, Gemm gemm, int offset) {
        super(plan.inputs, plan.units);
        this.gemm = gemm;
        this.units = plan.units;
        this.activation = plan.activation;
        this.needsSums = Activations.needsSums(activation);
        this.weightAt = offset;
        this.biasAt = offset + plan.inputs * units;
        this.bias = new float[units];
        this.biasGradient = new float[units];
    }

    @Override
    public void reserve(int examples) {
        super.reserve(examples);
        int count = examples * units;
        if (outputs.length < count) {
            outputs = new float[count];
            sums = needsSums ? new float[count] : sums;
        }
    }

    @Override
    public void forward(FloatMemory input, Step step) {
        int examples = step.examples();
        int count = examples * units;
        gemm.multiply(false, true, examples, units, inputs(), input, 0, step.weights(), weightAt, 0f, output(), 0);
        step.weights().get(biasAt, bias, units);
        output().get(0, outputs, count);
        for (int e = 0; e < examples; e++) {
            addRow(outputs, e * units, bias);
        }
        if (needsSums) {
            System.arraycopy(outputs, 0, sums, 0, count);
        }
        Activations.forward(activation, outputs, count);
        output().put(0, outputs, count);
    }

    @Override
    public void backward(FloatMemory input, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
        int examples = step.examples();
        int count = examples * units;
        if (gradients.length < count) {
            gradients = new float[count];
            sumGradient.reserve(count);
        }
        outputGradient.get(0, gradients, count);
        FloatMemory gradient = outputGradient;
        if (activation != Activation.LINEAR) {
            Activations.backward(activation, needsSums ? sums : outputs, gradients, count);
            sumGradient.put(0, gradients, count);
            gradient = sumGradient;
        }
        if (inputGradientWanted) {
            FloatMemory inputGradient = roomForGradient(examples);
            gemm.multiply(
                    false,
                    false,
                    examples,
                    inputs(),
                    units,
                    gradient,
                    0,
                    step.weights(),
                    weightAt,
                    0f,
                    inputGradient,
                    0);
        }
        if (!step.isFrozen()) {
            gemm.multiply(
                    true,
                    false,
                    units,
                    inputs(),
                    examples,
                    gradient,
                    0,
                    input,
                    0,
                    step.keep(),
                    step.target(),
                    weightAt);
            updateBias(examples, step);
        }
    }

    private void updateBias(int examples, Step step) {
        if (step.keep() == 0f) {
            Arrays.fill(biasGradient, 0f);
        } else {
            step.target().get(biasAt, biasGradient, units);
            scale(biasGradient, step.keep());
        }
        for (int e = 0; e < examples; e++) {
            addTo(biasGradient, gradients, e * units);
        }
        step.target().put(biasAt, biasGradient, units);
    }

    private static void addRow(float[] values, int at, float[] row) {
        for (int j = 0; j < row.length; j++) {
            values[at + j] += row[j];
        }
    }

    private static void addTo(float[] sum, float[] values, int at) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += values[at + j];
        }
    }

    private static void scale(float[] values, float factor) {
        for (int j = 0; j < values.length; j++) {
            values[j] *= factor;
        }
    }

    @Override
    public void close() {
        super.close();
        sumGradient.close();
    }

    /** {@code units} outputs from {@code inputs} inputs. */
    record Plan(int inputs, int units, Activation activation) implements LayerPlan {

        @Override
        public String kind() {
            return "dense";
        }

        @Override
        public Signal output() {
            return Signal.of(units);
        }

        @Override
        public List<TensorPlan> tensors() {
            return List.of(TensorPlan.weight("weight", List.of(units, inputs), inputs, units), TensorPlan.bias(units));
        }

        @Override
        public double forwardFlops() {
            return 2.0 * inputs * units;
        }

        @Override
        public Layer create(Kernels kernels, int offset) {
            return new DenseLayer(this, kernels.gemm(), offset);
        }
    }
}
