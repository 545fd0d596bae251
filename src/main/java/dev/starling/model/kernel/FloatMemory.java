package dev.starling.model.kernel;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Float32 values off the heap that start on a 64-byte boundary: with equal alignment, vector code takes the same path
 * and gives the same bits wherever the memory lies. Not thread-safe for writing.
 *
 * <p>Element-wise work copies blocks to heap arrays and back: JDK 17 does not vectorise loops over direct buffers, but
 * it does over arrays, and block copies run at memory speed.
 */
public final class FloatMemory implements AutoCloseable {

    /** Every memory starts at a multiple of this many bytes. */
    public static final int ALIGNMENT = 64;

    private @Nullable Pointer owner;
    private long address;
    private int count;
    private FloatBuffer floats;

    private FloatMemory(@Nullable Pointer owner, long address, int count) {
        this.owner = owner;
        this.address = address;
        this.count = count;
        this.floats = view(address, count);
    }

    /** Room for {@code count} values, all zero. */
    public static FloatMemory allocate(int count) {
        FloatPointer raw = new FloatPointer(count + (long) ALIGNMENT / Float.BYTES);
        FloatMemory memory = new FloatMemory(raw, aligned(raw.address()), count);
        memory.clear();
        return memory;
    }

    /** Memory that somebody else owns and frees; throws if {@code address} is not aligned. */
    public static FloatMemory over(long address, int count) {
        if (address % ALIGNMENT != 0) {
            throw new IllegalArgumentException("address must be a multiple of 64, got " + address);
        }
        return new FloatMemory(null, address, count);
    }

    /** The first aligned address at or after {@code address}. */
    public static long aligned(long address) {
        return (address + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static FloatBuffer view(long address, int count) {
        return pointer(address, count).asBuffer();
    }

    private static FloatPointer pointer(long address, int count) {
        Window window = new Window();
        window.moveTo(address);
        window.capacity(count);
        return window;
    }

    /** All values, for libraries that take JavaCPP's pointers; owns nothing, and is valid until {@link #close()}. */
    public FloatPointer pointer() {
        return pointer(address, count);
    }

    /** Grows to at least {@code wanted} values; the values are lost (zero) when it grows. */
    public void reserve(int wanted) {
        if (wanted > count) {
            FloatMemory larger = allocate(wanted);
            close();
            owner = larger.owner;
            address = larger.address;
            count = larger.count;
            floats = larger.floats;
        }
    }

    public int count() {
        return count;
    }

    /** Address of value {@code index}, for kernels only. */
    public long address(int index) {
        return address + (long) index * Float.BYTES;
    }

    /** The values themselves, position 0; callers leave position and limit as they are. */
    public FloatBuffer floats() {
        return floats;
    }

    public float get(int index) {
        return floats.get(index);
    }

    public void put(int index, float value) {
        floats.put(index, value);
    }

    /** Copies {@code length} values from {@code index} into the front of {@code values}. */
    public void get(int index, float[] values, int length) {
        floats.get(index, values, 0, length);
    }

    /** Copies the first {@code length} of {@code values} to {@code index}. */
    public void put(int index, float[] values, int length) {
        floats.put(index, values, 0, length);
    }

    /** Copies {@code length} values of {@code source} from {@code from} to {@code index}. */
    public void copy(int index, FloatMemory source, int from, int length) {
        floats.put(index, source.floats, from, length);
    }

    /** Sets all values to zero. */
    public void clear() {
        clear(0, count);
    }

    /** Sets {@code length} values from {@code index} to zero. */
    public void clear(int index, int length) {
        Pointer.memset(new Window().moveTo(address(index)), 0, (long) length * Float.BYTES);
    }

    /** Frees the memory if it is its own; further use is an error of the caller. */
    @Override
    public void close() {
        if (owner != null) {
            owner.close();
            owner = null;
        }
    }
}
