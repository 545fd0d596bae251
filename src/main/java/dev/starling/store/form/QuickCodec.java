package dev.starling.store.form;

import dev.starling.model.Snapshot;
import dev.starling.store.DamagedModelException;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Numbers on their way from node to node: bytes that are read once, so that time counts as much as size. The low half of a
 * number is noise and stands as it is, or not at all where a whole block has none; the high half stands in {@link BitPacking}.
 * {@link VersionCodec} makes a model smaller than this, and takes many times as long.
 *
 * <p>Bytes that were damaged or truncated throw {@link DamagedModelException} and nothing else. Safe to use from many threads.
 */
public final class QuickCodec {

    private static final int FORMAT = 2;

    // What there is of a block; neither half if all of it is zero.
    private static final int LOW = 1;
    private static final int HIGH = 2;
    /** Whole numbers. */
    private static final int PLAIN = 4;

    /** Values of a block: what is worked on at a time stays in the cache of a core. */
    private static final int BLOCK = 4 * 1024;

    /** Of format, blocks and checksum, for all but very large models. */
    private static final int OVERHEAD = 256;

    private QuickCodec() {}

    /** {@code count} values from {@code from}: small ones of either sign become small codes. */
    public static byte[] encode(long[] values, int from, int count) {
        // As most turn out, so that nothing need be copied in the end.
        PayloadWriter out = begin(1 + blocks(count) + 4 * count + PayloadWriter.CHECKSUM_BYTES);
        int[] low = block(count);
        int[] high = block(count);
        for (int start = 0; start < count; start += BLOCK) {
            int length = Math.min(BLOCK, count - start);
            long any = 0;
            for (int i = 0; i < length; i++) {
                long value = values[from + start + i];
                long code = (value << 1) ^ (value >> 63);
                low[i] = (int) code;
                high[i] = (int) (code >>> 32);
                any |= code;
            }
            int form = form((int) any, (int) (any >>> 32));
            out.put(form);
            if ((form & LOW) != 0) {
                out.room(4 * length).asIntBuffer().put(low, 0, length);
            }
            writeHigh(form, high, length, out);
        }
        return out.sealed();
    }

    /** The same for whoever is in this process: as they are, as no byte saved would pay. */
    public static byte[] plain(long[] values, int from, int count) {
        PayloadWriter out = begin(1 + blocks(count) + 8 * count + PayloadWriter.CHECKSUM_BYTES);
        for (int start = 0; start < count; start += BLOCK) {
            int length = Math.min(BLOCK, count - start);
            out.put(PLAIN);
            out.room(8 * length).asLongBuffer().put(values, from + start, length);
        }
        return out.sealed();
    }

    /**
     * Adds to {@code sums} from {@code from} on the {@code count} values that {@link #encode} or {@link #plain} was given. Their
     * payload stands in {@code bytes}, {@code length} of them from {@code offset}.
     *
     * @throws ArithmeticException if a sum would wrap; {@code sums} are spoiled then, as after a DamagedModelException
     */
    public static void addTo(long[] sums, int from, int count, byte[] bytes, int offset, int length) {
        PayloadReader in = opened(new PayloadReader(bytes, offset, length));
        int[] low = block(count);
        int[] high = block(count);
        long wrapped = 0;
        for (int start = 0; start < count; start += BLOCK) {
            int block = Math.min(BLOCK, count - start);
            int form = in.next();
            wrapped |= form == PLAIN
                    ? addPlain(sums, from + start, in.part(8 * block).asLongBuffer())
                    : addCodes(sums, from + start, block, form, in, low, high);
        }
        in.requireEnd();
        if (wrapped < 0) {
            throw new ArithmeticException("a sum must not wrap");
        }
    }

    /** Negative if a sum wrapped. */
    private static long addPlain(long[] sums, int from, LongBuffer values) {
        long wrapped = 0;
        for (int i = 0; i < values.limit(); i++) {
            long value = values.get(i);
            long sum = sums[from + i] + value;
            wrapped |= (sums[from + i] ^ sum) & (value ^ sum);
            sums[from + i] = sum;
        }
        return wrapped;
    }

    /** Negative if a sum wrapped. */
    private static long addCodes(long[] sums, int from, int count, int form, PayloadReader in, int[] low, int[] high) {
        if (hasLow(form)) {
            in.part(4 * count).asIntBuffer().get(low, 0, count);
        } else {
            Arrays.fill(low, 0, count, 0);
        }
        readHigh(form, in, high, count);
        long wrapped = 0;
        for (int i = 0; i < count; i++) {
            long code = ((long) high[i] << 32) | (low[i] & 0xFFFF_FFFFL);
            long value = (code >>> 1) ^ -(code & 1);
            long sum = sums[from + i] + value;
            wrapped |= (sums[from + i] ^ sum) & (value ^ sum);
            sums[from + i] = sum;
        }
        return wrapped;
    }

    /** What leads from {@code against} to {@code model}, whose tensors must have the same names and shapes. */
    public static byte[] encodeDelta(Snapshot model, Snapshot against) {
        VersionCodec.requireSameTensors(model.layout(), against.layout());
        IntBuffer values = bits(model);
        IntBuffer before = bits(against);
        int count = values.remaining();
        PayloadWriter out = begin(OVERHEAD + 3 * count);
        short[] low = new short[Math.min(count, BLOCK)];
        int[] bits = block(count);
        int[] high = block(count);
        for (int start = 0; start < count; start += BLOCK) {
            int length = Math.min(BLOCK, count - start);
            values.get(bits, 0, length);
            before.get(high, 0, length);
            int any = 0;
            for (int i = 0; i < length; i++) {
                int difference = FloatOrder.difference(bits[i], high[i]);
                low[i] = (short) difference;
                high[i] = difference >>> 16;
                any |= difference;
            }
            int form = form(any & 0xFFFF, any >>> 16);
            out.put(form);
            if ((form & LOW) != 0) {
                out.room(2 * length).asShortBuffer().put(low, 0, length);
            }
            writeHigh(form, high, length, out);
        }
        return out.sealed();
    }

    /** The model that {@link #encodeDelta} was given with the same {@code against}. */
    public static Snapshot decodeDelta(byte[] payload, Snapshot against) {
        PayloadReader in = opened(new PayloadReader(payload));
        byte[] bytes = new byte[(int) against.layout().bytes()];
        IntBuffer values = Values.asBits(bytes);
        IntBuffer before = bits(against);
        int count = values.remaining();
        short[] low = new short[Math.min(count, BLOCK)];
        int[] bits = block(count);
        int[] high = block(count);
        for (int start = 0; start < count; start += BLOCK) {
            int length = Math.min(BLOCK, count - start);
            int form = in.next();
            if (hasLow(form)) {
                in.part(2 * length).asShortBuffer().get(low, 0, length);
            } else {
                Arrays.fill(low, (short) 0);
            }
            readHigh(form, in, high, length);
            before.get(bits, 0, length);
            for (int i = 0; i < length; i++) {
                bits[i] = FloatOrder.applied((high[i] << 16) | (low[i] & 0xFFFF), bits[i]);
            }
            values.put(bits, 0, length);
        }
        in.requireEnd();
        return Snapshot.owning(against.layout(), bytes);
    }

    private static int blocks(int count) {
        return (count + BLOCK - 1) / BLOCK;
    }

    private static PayloadWriter begin(int expected) {
        PayloadWriter out = new PayloadWriter(expected);
        out.put(FORMAT);
        return out;
    }

    private static PayloadReader opened(PayloadReader in) {
        int format = in.next();
        if (format != FORMAT) {
            throw DamagedModelException.payload("their format is " + format + ", this version reads " + FORMAT);
        }
        return in;
    }

    private static IntBuffer bits(Snapshot model) {
        return model.bytes().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    }

    private static int form(int low, int high) {
        return (low == 0 ? 0 : LOW) | (high == 0 ? 0 : HIGH);
    }

    private static boolean hasLow(int form) {
        if ((form & ~(LOW | HIGH)) != 0) {
            throw DamagedModelException.payload("there is no block of form " + form);
        }
        return (form & LOW) != 0;
    }

    private static void writeHigh(int form, int[] high, int count, PayloadWriter out) {
        if ((form & HIGH) != 0) {
            BitPacking.write(high, count, out);
        }
    }

    private static void readHigh(int form, PayloadReader in, int[] high, int count) {
        if ((form & HIGH) != 0) {
            BitPacking.read(in, high, count);
        } else {
            Arrays.fill(high, 0, count, 0);
        }
    }

    /** Room for the halves of a block, of {@code count} values in all. */
    private static int[] block(int count) {
        return new int[BitPacking.room(Math.min(count, BLOCK))];
    }
}
