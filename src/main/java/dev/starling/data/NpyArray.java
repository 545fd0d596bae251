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
    private final ByteBuffer data;

    /** Takes {@code bytes} over. */
    NpyArray(String place, NpyType type, List<Integer> shape, byte[] bytes) {
        this.place = place;
        this.type = type;
        this.shape = List.copyOf(shape);
        this.bytes = bytes;
        this.data = littleEndian(bytes);
        if (bytes.length != size(shape) * type.bytes()) {
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
        return bytes.length / type.bytes();
    }

    private static long size(List<Integer> shape) {
        // One size may be 0 where the product of the others has no end.
        return shape.contains(0)
                ? 0
                : shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /** All elements as float32, rounded if the type is wider; InputException if one is not finite then. */
    public float[] toFloats() {
        float[] values = new float[count()];
        if (type == NpyType.FLOAT32) {
            data.asFloatBuffer().get(values);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = rounded(i);
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new InputException(place, "must hold finite float32 values, got " + element(i));
            }
        }
        return values;
    }

    /** All elements as int; InputException if one has a fraction or does not fit. */
    public int[] toInts() {
        int[] values = new int[count()];
        for (int i = 0; i < values.length; i++) {
            long value = whole(i);
            if (value != (int) value) {
                throw new InputException(place, "must hold 32-bit values, got " + element(i));
            }
            values[i] = (int) value;
        }
        return values;
    }

    /**
     * One element as a whole number, whatever its type, the nearest long if it is beyond; InputException if it has a
     * fraction, or is no number.
     */
    long whole(int index) {
        if (!type.floating()) {
            long value = integer(index);
            return type == NpyType.UINT64 && value < 0 ? Long.MAX_VALUE : value;
        }
        double value = floating(index);
        if (value != Math.rint(value)) {
            throw new InputException(place, "must hold whole numbers, got " + element(index));
        }
        return (long) value;
    }

    /** Whether all elements are whole numbers, 0 or more. */
    boolean counts() {
        for (int i = 0; i < count(); i++) {
            boolean count = type.floating()
                    ? floating(i) >= 0 && floating(i) == Math.rint(floating(i))
                    : integer(i) >= 0 || type == NpyType.UINT64;
            if (!count) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of the array as they lie in a file, little-endian: a copy. */
    byte[] toBytes() {
        return bytes.clone();
    }

    private float rounded(int index) {
        if (type.floating()) {
            return (float) floating(index);
        }
        long value = integer(index);
        return type == NpyType.UINT64 && value < 0 ? (float) ((value >>> 1) * 2.0) : value;
    }

    /** An unsigned value beyond long is negative here. */
    private long integer(int index) {
        return switch (type) {
            case BOOL, UINT8 -> bytes[index] & 0xff;
            case INT8 -> bytes[index];
            case INT16 -> data.getShort(2 * index);
            case UINT16 -> data.getShort(2 * index) & 0xffff;
            case INT32 -> data.getInt(4 * index);
            case UINT32 -> data.getInt(4 * index) & 0xffffffffL;
            case INT64, UINT64 -> data.getLong(8 * index);
            default -> throw new IllegalStateException(type + " is not an integer type");
        };
    }

    private double floating(int index) {
        return switch (type) {
            case FLOAT16 -> half(data.getShort(2 * index));
            case FLOAT32 -> data.getFloat(4 * index);
            case FLOAT64 -> data.getDouble(8 * index);
            default -> throw new IllegalStateException(type + " is not a floating type");
        };
    }

    /** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
    private static float half(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        float size;
        if (exponent == 0x1f) {
            size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            size = fraction * 0x1p-24f;
        } else {
            size = Math.scalb(fraction + 0x400, exponent - 25);
        }
        return bits < 0 ? -size : size;
    }

    /** An element with its place, for messages: {@code 7 at element 5}, {@code NaN at element 5 [1, 2]}. */
    String element(int index) {
        String value = switch (type) {
            case FLOAT16, FLOAT32 -> Float.toString((float) floating(index));
            case FLOAT64 -> Double.toString(floating(index));
            case UINT64 -> Long.toUnsignedString(integer(index));
            default -> Long.toString(integer(index));
        };
        return value + " at element " + index + (shape.size() > 1 ? " " + indices(index) : "");
    }

    private List<Integer> indices(int index) {
        Integer[] indices = new Integer[shape.size()];
        int left = index;
        for (int i = indices.length - 1; i >= 0; i--) {
            indices[i] = left % shape.get(i);
            left /= shape.get(i);
        }
        return List.of(indices);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
