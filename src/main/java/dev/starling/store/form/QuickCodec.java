package dev.starling.store.form;

import dev.starling.model.Snapshot;
import dev.starling.store.DamagedModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Numbers on their way from node to node: bytes that are read once, so that time counts as much as size. The low half of a
 * number is noise and stands as it is, or not at all where a whole block has none; the high half stands in {@link Planes}.
 * {@link VersionCodec} makes a model a sixth smaller than this and takes four times as long.
 *
 * <p>Bytes that were damaged or truncated throw {@link DamagedModelException} and nothing else. Safe to use from many threads.
 */
public final class QuickCodec {

    private static final int FORMAT = 1;

    private static final int ABSENT = 0;
    private static final int PRESENT = 1;
    private static final int PLAIN = 2;

    /** Bits per byte of a plane beyond which its bytes are sent as they are: to compress them takes longer than to send them. */
    private static final double NOISE = 6.5;

    /** Of format, blocks and checksum, for all but very large models. */
    private static final int OVERHEAD = 256;

    private QuickCodec() {}

    /** {@code count} values from {@code from}: small ones of either sign become small codes. */
    public static byte[] encode(long[] values, int from, int count) {
        // As most turn out, so that nothing need be copied in the end.
        PayloadWriter out = begin(1 + 2 * blocks(count) + 4 * count + PayloadWriter.CHECKSUM_BYTES);
        Workspace space = Workspace.mine();
        for (int start = 0; start < count; start += Workspace.BLOCK) {
            int length = Math.min(Workspace.BLOCK, count - start);
            int[] low = space.low(length);
            int[] high = space.high(length);
            int any = 0;
            for (int i = 0; i < length; i++) {
                long value = values[from + start + i];
                long code = (value << 1) ^ (value >> 63);
                low[i] = (int) code;
                high[i] = (int) (code >>> 32);
                any |= low[i];
            }
            out.put(any == 0 ? ABSENT : PRESENT);
            if (any != 0) {
                out.room(4 * length).asIntBuffer().put(low, 0, length);
            }
            Planes.write(high, length, NOISE, out, space);
        }
        return out.sealed();
    }

    /** The same for whoever is in this process: as they are, as no byte saved would pay. */
    public static byte[] plain(long[] values, int from, int count) {
        PayloadWriter out = begin(1 + blocks(count) + 8 * count + PayloadWriter.CHECKSUM_BYTES);
        for (int start = 0; start < count; start += Workspace.BLOCK) {
            int length = Math.min(Workspace.BLOCK, count - start);
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
        Workspace space = Workspace.mine();
        long wrapped = 0;
        for (int start = 0; start < count; start += Workspace.BLOCK) {
            int block = Math.min(Workspace.BLOCK, count - start);
            int form = in.next();
            wrapped |= form == PLAIN
                    ? addPlain(sums, from + start, little(in, 8 * block).asLongBuffer())
                    : addCodes(sums, from + start, block, present(form), in, space);
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
    private static long addCodes(long[] sums, int from, int count, boolean hasLow, PayloadReader in, Workspace space) {
        int[] low = space.low(count);
        int[] high = space.high(count);
        if (hasLow) {
            little(in, 4 * count).asIntBuffer().get(low, 0, count);
        } else {
            Arrays.fill(low, 0, count, 0);
        }
        Planes.read(in, high, count, space);
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
        Workspace space = Workspace.mine();
        short[] low = new short[Math.min(count, Workspace.BLOCK)];
        for (int start = 0; start < count; start += Workspace.BLOCK) {
            int length = Math.min(Workspace.BLOCK, count - start);
            int[] bits = space.low(length);
            int[] high = space.high(length);
            values.get(bits, 0, length);
            before.get(high, 0, length);
            int any = 0;
            for (int i = 0; i < length; i++) {
                int difference = FloatOrder.difference(bits[i], high[i]);
                low[i] = (short) difference;
                high[i] = difference >>> 16;
                any |= low[i];
            }
            out.put(any == 0 ? ABSENT : PRESENT);
            if (any != 0) {
                out.room(2 * length).asShortBuffer().put(low, 0, length);
            }
            Planes.write(high, length, NOISE, out, space);
        }
        return out.sealed();
    }

    /** The model that {@link #encodeDelta} was given with the same {@code against}. */
    public static Snapshot decodeDelta(byte[] payload, Snapshot against) {
        PayloadReader in = opened(new PayloadReader(payload));
        Workspace space = Workspace.mine();
        byte[] bytes = new byte[(int) against.layout().bytes()];
        IntBuffer values = Values.asBits(bytes);
        IntBuffer before = bits(against);
        int count = values.remaining();
        short[] low = new short[Math.min(count, Workspace.BLOCK)];
        for (int start = 0; start < count; start += Workspace.BLOCK) {
            int length = Math.min(Workspace.BLOCK, count - start);
            int[] bits = space.low(length);
            int[] high = space.high(length);
            if (present(in.next())) {
                little(in, 2 * length).asShortBuffer().get(low, 0, length);
            } else {
                Arrays.fill(low, (short) 0);
            }
            Planes.read(in, high, length, space);
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
        return (count + Workspace.BLOCK - 1) / Workspace.BLOCK;
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

    private static boolean present(int form) {
        if (form != ABSENT && form != PRESENT) {
            throw DamagedModelException.payload("there are no low halves of form " + form);
        }
        return form == PRESENT;
    }

    private static ByteBuffer little(PayloadReader in, int count) {
        return ByteBuffer.wrap(in.bytes(), in.skip(count), count).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
