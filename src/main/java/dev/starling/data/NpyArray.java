package dev.starling.data;

import dev.starling.base.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** One NumPy array in C order. Immutable; its bytes are those of the file, converted when asked for. */
public final class NpyArray {

    private final String place;
    private final NpyType type;
    private final List<Integer> shape;
    private final byte[] bytes;

    /** Takes {@code bytes} over. */
    NpyArray(String place, NpyType type, List<Integer> shape, byte[] bytes) {
        this.place = place;
        this.type = type;
        this.shape = List.copyOf(shape);
        this.bytes = bytes;
        if (bytes.length != (long) count() * type.bytes()) {
            throw new IllegalArgumentException(
                    "shape " + shape + " of " + type + " does not fit " + bytes.length + " bytes");
        }
    }

    /** Copies {@code values}, whose number must be the product of {@code shape}. */
    public static NpyArray of(List<Integer> shape, float... values) {
        byte[] bytes = new byte[Math.multiplyExact(4, values.length)];
        littleEndian(bytes).asFloatBuffer().put(values);
        return new NpyArray("", NpyType.FLOAT32, shape, bytes);
    }

    /** Copies {@code values}, whose number must be the product of {@code shape}. */
    public static NpyArray of(List<Integer> shape, double... values) {
        byte[] bytes = new byte[Math.multiplyExact(8, values.length)];
        littleEndian(bytes).asDoubleBuffer().put(values);
        return new NpyArray("", NpyType.FLOAT64, shape, bytes);
    }

    /** Copies {@code values}, whose number must be the product of {@code shape}. */
    public static NpyArray of(List<Integer> shape, int... values) {
        byte[] bytes = new byte[Math.multiplyExact(4, values.length)];
        littleEndian(bytes).asIntBuffer().put(values);
        return new NpyArray("", NpyType.INT32, shape, bytes);
    }

    /** Copies {@code values}, whose number must be the product of {@code shape}. */
    public static NpyArray of(List<Integer> shape, long... values) {
        byte[] bytes = new byte[Math.multiplyExact(8, values.length)];
        littleEndian(bytes).asLongBuffer().put(values);
        return new NpyArray("", NpyType.INT64, shape, bytes);
    }

    /** Copies {@code values} as uint8, whose number must be the product of {@code shape}. */
    public static NpyArray of(List<Integer> shape, byte... values) {
        return new NpyArray("", NpyType.UINT8, shape, values.clone());
    }

    /** Where this array was read, for messages: {@code data.npz: x_train}; empty if it was made here. */
    public String place() {
        return place;
    }

    public NpyType type() {
        return type;
    }

    /** Empty for a single number. */
    public List<Integer> shape() {
        return shape;
    }

    /** Number of elements. */
    public int count() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** All elements as float32, rounded if the type is wider; InputException if one is not finite then. */
    public float[] toFloats() {
        float[] values = new float[count()];
        switch (type) {
            case FLOAT32 -> data().asFloatBuffer().get(values);
            case FLOAT64 -> {
                double[] wide = new double[values.length];
                data().asDoubleBuffer().get(wide);
                for (int i = 0; i < wide.length; i++) {
                    values[i] = (float) wide[i];
                }
            }
            default -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = integer(i);
                }
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new InputException(
                        place, "must hold finite float32 values, got " + element(i) + " at element " + i);
            }
        }
        return values;
    }

    /** All elements as int; InputException if the type is floating or a value does not fit. */
    public int[] toInts() {
        if (type.floating()) {
            throw new InputException(place, "must be of an integer type (uint8, int32, int64), got " + type.descr());
        }
        int[] values = new int[count()];
        if (type == NpyType.INT32) {
            data().asIntBuffer().get(values);
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            long value = integer(i);
            if (value != (int) value) {
                throw new InputException(place, "must hold 32-bit values, got " + value + " at element " + i);
            }
            values[i] = (int) value;
        }
        return values;
    }

    /** The bytes of the array as they lie in a file, little-endian: a copy. */
    byte[] toBytes() {
        return bytes.clone();
    }

    private long integer(int index) {
        return switch (type) {
            case UINT8 -> bytes[index] & 0xff;
            case INT32 -> data().getInt(4 * index);
            case INT64 -> data().getLong(8 * index);
            default -> throw new IllegalStateException(type + " is not an integer type");
        };
    }

    private String element(int index) {
        return switch (type) {
            case FLOAT32 -> Float.toString(data().getFloat(4 * index));
            case FLOAT64 -> Double.toString(data().getDouble(8 * index));
            default -> Long.toString(integer(index));
        };
    }

    private ByteBuffer data() {
        return littleEndian(bytes);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
