package dev.starling.model.layer;

import dev.starling.model.kernel.FloatMemory;
import dev.starling.model.kernel.Gemm;
import dev.starling.model.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * What GRU and LSTM share: both are a row of products W x + b for all steps at once, then step after step a product with
 * the state before. Inside, values lie step after step ({@code [steps, examples, …]}), so that each step is one block.
 * Weights as in PyTorch: input weights {@code [gates · units, features]}, state weights {@code [gates · units, units]}, a
 * bias for each.
 */
abstract class RecurrentLayer extends BufferedLayer {

    final int units;
    final int rows;
    private final int steps;
    private final int features;
    private final boolean sequence;
    private final Gemm gemm;
    private final int inputWeightAt;
    private final int stateWeightAt;
    private final int inputBiasAt;
    private final int stateBiasAt;
    private final Target target = new Target();
    private final FloatMemory inputs = FloatMemory.allocate(0);
    private final FloatMemory inputsGradient = FloatMemory.allocate(0);
    private final FloatMemory fromInput = FloatMemory.allocate(0);
    private final FloatMemory fromState = FloatMemory.allocate(0);
    private final FloatMemory states = FloatMemory.allocate(0);
    private final FloatMemory stateGradient = FloatMemory.allocate(0);
    private final FloatMemory inputSide = FloatMemory.allocate(0);
    private final FloatMemory stateSide = FloatMemory.allocate(0);
    final float[] inputBias;
    final float[] stateBias;
    float[] input = new float[0];
    float[] recurrent = new float[0];
    float[] state = new float[0];
    float[] gradient = new float[0];
    private int room;

    RecurrentLayer(Plan plan, int gates, Kernels kernels, int offset) {
        super(plan.steps * plan.features, plan.output().width());
        units = plan.units;
        rows = gates * units;
        steps = plan.steps;
        features = plan.features;
        sequence = plan.sequence;
        gemm = kernels.gemm();
        inputWeightAt = offset;
        stateWeightAt = inputWeightAt + rows * features;
        inputBiasAt = stateWeightAt + rows * units;
        stateBiasAt = inputBiasAt + rows;
        inputBias = new float[rows];
        stateBias = new float[rows];
    }

    /** Makes room in the cell for {@code steps · examples} places. */
    abstract void reserveCell(int places, int examples);

    /** Forgets what the cell keeps from step to step, for {@code examples}. */
    abstract void beginCell(int examples);

    /**
     * One step forward: {@link #input} and {@link #recurrent} hold the two products ({@code [examples, rows]}, biases not
     * yet added), {@link #state} the state before; leaves the new state there. {@code place} is the step's first place.
     */
    abstract void forwardCell(int place, int examples);

    /**
     * One step back: {@link #gradient} holds the gradient of the step's state, {@link #state} the state before. Leaves
     * the gradients of the two products in {@link #input} and {@link #recurrent}, and what reaches the state before other
     * than through the product in {@link #gradient}.
     */
    abstract void backwardCell(int place, int examples);

    @Override
    public void reserve(int examples) {
        super.reserve(examples);
        if (examples > room) {
            room = examples;
            int places = steps * examples;
            inputs.reserve(places * features);
            fromInput.reserve(places * rows);
            fromState.reserve(examples * rows);
            states.reserve((steps + 1) * examples * units);
            input = new float[examples * rows];
            recurrent = new float[examples * rows];
            state = new float[examples * units];
            gradient = new float[examples * units];
            reserveCell(places, examples);
        }
    }

    @Override
    public void forward(FloatMemory from, Step step) {
        int examples = step.examples();
        int block = examples * units;
        reorder(from, inputs, examples, features, steps, true);
        FloatMemory weights = step.weights();
        weights.get(inputBiasAt, inputBias, rows);
        weights.get(stateBiasAt, stateBias, rows);
        gemm.multiply(
                false, true, steps * examples, rows, features, inputs, 0, weights, inputWeightAt, 0f, fromInput, 0);
        Arrays.fill(state, 0f);
        states.put(0, state, block);
        beginCell(examples);
        for (int t = 0; t < steps; t++) {
            gemm.multiply(
                    false, true, examples, rows, units, states, t * block, weights, stateWeightAt, 0f, fromState, 0);
            fromInput.get(t * examples * rows, input, examples * rows);
            fromState.get(0, recurrent, examples * rows);
            forwardCell(t * examples, examples);
            states.put((t + 1) * block, state, block);
        }
        if (sequence) {
            reorderStates(examples);
        } else {
            output().put(0, state, block);
        }
    }

    private void reorderStates(int examples) {
        for (int t = 0; t < steps; t++) {
            for (int e = 0; e < examples; e++) {
                output().copy((e * steps + t) * units, states, ((t + 1) * examples + e) * units, units);
            }
        }
    }

    /** Between example after example and step after step. */
    private static void reorder(FloatMemory from, FloatMemory to, int examples, int width, int steps, boolean toSteps) {
        for (int e = 0; e < examples; e++) {
            for (int t = 0; t < steps; t++) {
                int byExample = (e * steps + t) * width;
                int byStep = (t * examples + e) * width;
                to.copy(toSteps ? byStep : byExample, from, toSteps ? byExample : byStep, width);
            }
        }
    }

    @Override
    public void backward(FloatMemory from, FloatMemory outputGradient, boolean inputGradientWanted, Step step) {
        int examples = step.examples();
        int block = examples * units;
        int places = steps * examples;
        inputSide.reserve(places * rows);
        stateSide.reserve(places * rows);
        stateGradient.reserve(block);
        Arrays.fill(gradient, 0f);
        beginCell(examples);
        for (int t = steps - 1; t >= 0; t--) {
            addOutputGradient(outputGradient, t, examples);
            states.get(t * block, state, block);
            backwardCell(t * examples, examples);
            inputSide.put(t * examples * rows, input, examples * rows);
            stateSide.put(t * examples * rows, recurrent, examples * rows);
            stateGradient.put(0, gradient, block);
            gemm.multiply(
                    false,
                    false,
                    examples,
                    units,
                    rows,
                    stateSide,
                    t * examples * rows,
                    step.weights(),
                    stateWeightAt,
                    1f,
                    stateGradient,
                    0);
            stateGradient.get(0, gradient, block);
        }
        if (inputGradientWanted) {
            inputsGradient.reserve(places * features);
            gemm.multiply(
                    false,
                    false,
                    places,
                    features,
                    rows,
                    inputSide,
                    0,
                    step.weights(),
                    inputWeightAt,
                    0f,
                    inputsGradient,
                    0);
            reorder(inputsGradient, roomForGradient(examples), examples, features, steps, false);
        }
        if (!step.isFrozen()) {
            update(places, step);
        }
    }

    private void addOutputGradient(FloatMemory outputGradient, int t, int examples) {
        if (!sequence && t < steps - 1) {
            return;
        }
        for (int e = 0; e < examples; e++) {
            int at = sequence ? (e * steps + t) * units : e * units;
            for (int j = 0; j < units; j++) {
                gradient[e * units + j] += outputGradient.get(at + j);
            }
        }
    }

    private void update(int places, Step step) {
        gemm.multiply(
                true,
                false,
                rows,
                features,
                places,
                inputSide,
                0,
                inputs,
                0,
                step.keep(),
                step.target(),
                inputWeightAt);
        gemm.multiply(
                true, false, rows, units, places, stateSide, 0, states, 0, step.keep(), step.target(), stateWeightAt);
        target.add(step, inputBiasAt, columnSums(inputSide, places, inputBias), rows);
        target.add(step, stateBiasAt, columnSums(stateSide, places, stateBias), rows);
    }

    private float[] columnSums(FloatMemory matrix, int places, float[] sums) {
        Arrays.fill(sums, 0f);
        for (int p = 0; p < places; p++) {
            matrix.get(p * rows, recurrent, rows);
            for (int j = 0; j < rows; j++) {
                sums[j] += recurrent[j];
            }
        }
        return sums;
    }

    @Override
    public void close() {
        super.close();
        for (FloatMemory memory :
                List.of(inputs, inputsGradient, fromInput, fromState, states, stateGradient, inputSide, stateSide)) {
            memory.close();
        }
    }

    /** {@code units} over {@code steps} steps of {@code features}. */
    record Plan(boolean lstm, int steps, int features, int units, boolean sequence) implements LayerPlan {

        private int rows() {
            return (lstm ? 4 : 3) * units;
        }

        @Override
        public String kind() {
            return lstm ? "lstm" : "gru";
        }

        @Override
        public Signal output() {
            return sequence ? Signal.of(steps, units) : Signal.of(units);
        }

        /** The gates of all steps, or their states with the one before the first. */
        @Override
        public long widest() {
            return Math.max((long) steps * rows(), (steps + 1L) * units);
        }

        @Override
        public List<TensorPlan> tensors() {
            return List.of(
                    TensorPlan.weight("input-weight", List.of(rows(), features), features, units),
                    TensorPlan.weight("state-weight", List.of(rows(), units), units, units),
                    TensorPlan.vector("input-bias", rows(), TensorPlan.Start.ZERO),
                    TensorPlan.vector("state-bias", rows(), TensorPlan.Start.ZERO));
        }

        @Override
        public double forwardFlops() {
            return 2.0 * steps * rows() * (features + units);
        }

        @Override
        public double inputGradientFlops() {
            return 2.0 * steps * rows() * features;
        }

        /** With the gradient of the states, which is there whether or not the input's is wanted. */
        @Override
        public double updateFlops() {
            return 2.0 * steps * rows() * (features + 2 * units);
        }

        @Override
        public Layer create(Kernels kernels, int offset) {
            return lstm ? new LstmLayer(this, kernels, offset) : new GruLayer(this, kernels, offset);
        }
    }
}
