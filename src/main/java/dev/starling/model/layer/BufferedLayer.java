package dev.starling.model.layer;

import dev.starling.model.kernel.FloatMemory;

/** A layer with one buffer for its outputs and one for the gradient of its inputs. */
public abstract class BufferedLayer implements Layer {

    private final int inputs;
    private final int outputs;
    private final FloatMemory output = FloatMemory.allocate(0);
    private final FloatMemory inputGradient = FloatMemory.allocate(0);

    /** Values per example on both sides. */
    protected BufferedLayer(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
    }

    @Override
    public void reserve(int examples) {
        output.reserve(Math.multiplyExact(examples, outputs));
    }

    /** The gradient's buffer with room for {@code examples}: evaluation never needs it, so it comes late. */
    protected final FloatMemory roomForGradient(int examples) {
        inputGradient.reserve(Math.multiplyExact(examples, inputs));
        return inputGradient;
    }

    /** Values per example that come in. */
    protected final int inputs() {
        return inputs;
    }

    /** Values per example that go out. */
    protected final int outputs() {
        return outputs;
    }

    @Override
    public final FloatMemory output() {
        return output;
    }

    @Override
    public final FloatMemory inputGradient() {
        return inputGradient;
    }

    @Override
    public void close() {
        output.close();
        inputGradient.close();
    }
}
