package dev.starling.model;

import dev.starling.model.kernel.FloatMemory;
import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The values of a model in the form that is trained: one flat float32 vector off the heap, tensors as ND4J's views into
 * it. The first value lies on a 64-byte boundary, which ND4J's own buffers do not promise; ND4J comes up with the first
 * view.
 *
 * <p>Safe to read from many threads while nobody writes.
 */
public final class Parameters implements AutoCloseable {

    private final TensorLayout layout;
    private final FloatMemory memory;

    private Parameters(TensorLayout layout) {
        this.layout = layout;
        this.memory = FloatMemory.allocate(layout.count());
    }

    /** All zero. */
    public static Parameters allocate(TensorLayout layout) {
        Backend.start();
        return new Parameters(layout);
    }

    /** The values of {@code snapshot}. */
    public static Parameters of(Snapshot snapshot) {
        Parameters parameters = allocate(snapshot.layout());
        parameters.load(snapshot);
        return parameters;
    }

    public TensorLayout layout() {
        return layout;
    }

    /** Number of values. */
    public int count() {
        return layout.count();
    }

    /** All values as an ND4J row of shape {@code [count]}: a view, valid until {@link #close()}. */
    public INDArray vector() {
        return view(0, List.of(count()));
    }

    /** Tensor {@code name} in its shape: a view, valid until {@link #close()}; throws if there is none. */
    public INDArray tensor(String name) {
        for (int i = 0; i < layout.tensors().size(); i++) {
            TensorSpec tensor = layout.tensors().get(i);
            if (tensor.name().equals(name)) {
                return view(layout.offset(i), tensor.shape());
            }
        }
        throw new IllegalArgumentException("no tensor named " + name + ", there are " + layout);
    }

    private INDArray view(int offset, List<Integer> shape) {
        Backend.startTensors();
        long[] sizes = shape.stream().mapToLong(Integer::longValue).toArray();
        DataBuffer buffer = Nd4j.createBuffer(memory.pointer(), count(), DataType.FLOAT);
        return Nd4j.create(buffer, sizes, Nd4j.getStrides(sizes, 'c'), offset, 'c');
    }

    /** All values as a direct buffer of its own position, at 0: a view, valid until {@link #close()}. */
    public FloatBuffer floats() {
        return memory.floats().duplicate();
    }

    /** Takes over the values of {@code snapshot}, which must have the same number of values. */
    public void load(Snapshot snapshot) {
        requireSize(snapshot.layout().count());
        memory.floats().put(0, snapshot.floats(), 0, count());
    }

    /** A copy of the values as they are now. */
    public Snapshot snapshot() {
        return Snapshot.of(layout, floats());
    }

    /** Takes over the values of {@code other}, which must have the same number of values. */
    public void copyFrom(Parameters other) {
        requireSize(other.count());
        memory.copy(0, other.memory, 0, count());
    }

    private void requireSize(int size) {
        if (size != count()) {
            throw new IllegalArgumentException("expected " + count() + " values, got " + size);
        }
    }

    /** For the kernels. */
    FloatMemory memory() {
        return memory;
    }

    /** Frees the memory at once; no view may be used afterwards. */
    @Override
    public void close() {
        memory.close();
    }
}
