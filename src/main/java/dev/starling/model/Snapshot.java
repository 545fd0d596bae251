package dev.starling.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The values of a model at one moment: immutable, on the heap, float32 in little-endian bytes. This is the form that
 * travels, is hashed and is kept; {@link Parameters} is the form that is trained.
 */
public final class Snapshot {

    private final TensorLayout layout;
    private final byte[] bytes;

    private Snapshot(TensorLayout layout, byte[] bytes) {
        if (bytes.length != layout.bytes()) {
            throw new IllegalArgumentException("a snapshot of " + layout.count() + " values has " + layout.bytes()
                    + " bytes, got " + bytes.length);
        }
        this.layout = layout;
        this.bytes = bytes;
    }

    /** Copies {@code values}, of length {@code layout.count()}. */
    public static Snapshot of(TensorLayout layout, float[] values) {
        byte[] bytes = new byte[Math.multiplyExact(4, values.length)];
        littleEndian(bytes).put(values);
        return new Snapshot(layout, bytes);
    }

    /** Copies {@code values} from its position, which must leave {@code layout.count()} floats. */
    public static Snapshot of(TensorLayout layout, FloatBuffer values) {
        byte[] bytes = new byte[(int) layout.bytes()];
        littleEndian(bytes).put(values.duplicate());
        return new Snapshot(layout, bytes);
    }

    /** Copies little-endian float32 {@code bytes}; throws if their number does not fit the layout. */
    public static Snapshot ofBytes(TensorLayout layout, byte[] bytes) {
        return new Snapshot(layout, bytes.clone());
    }

    /** Takes {@code bytes} over, without a copy: nobody else may change them from now on. */
    public static Snapshot owning(TensorLayout layout, byte[] bytes) {
        return new Snapshot(layout, bytes);
    }

    public TensorLayout layout() {
        return layout;
    }

    /** A copy of all values, in the layout's order. */
    public float[] toFloats() {
        float[] values = new float[layout.count()];
        floats().get(values);
        return values;
    }

    /** The first value that is not finite, with tensor and index within it, for people; empty if all are finite. */
    public Optional<String> notFinite() {
        float[] values = toFloats();
        for (int t = 0; t < layout.tensors().size(); t++) {
            int from = layout.offset(t);
            int count = layout.tensors().get(t).count();
            for (int i = from; i < from + count; i++) {
                if (!Float.isFinite(values[i])) {
                    return Optional.of(layout.tensors().get(t).name() + "[" + (i - from) + "] = " + values[i]);
                }
            }
        }
        return Optional.empty();
    }

    /** A read-only view of all values. */
    public FloatBuffer floats() {
        return littleEndian(bytes).asReadOnlyBuffer();
    }

    /** A read-only view of the little-endian bytes of all values. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    private static FloatBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    /** Same layout and same bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot snapshot
                && snapshot.layout.equals(layout)
                && Arrays.equals(snapshot.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
