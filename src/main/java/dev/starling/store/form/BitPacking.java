package dev.starling.store.form;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Integers in groups of eight, each group with as many bits per value as its largest needs, so that a group of {@code w} bits
 * takes {@code w} bytes (frame of reference: Goldstein, Ramakrishnan and Shaft, ICDE 1998; in small groups: Lemire and Boytsov,
 * Software: Practice and Experience, 2015). Small numbers among few large ones come out nearly as small as by a code of their
 * frequencies, in a fraction of its time.
 *
 * <p>First the width of every group, two in a byte, then their bits, the low ones first. Widths of 15 and more, which are rare,
 * all count as 32.
 */
final class BitPacking {

    private static final int GROUP = 8;

    /** Groups of so many bits are a long. */
    private static final int LONG_WIDTH = 8;

    /** In place of a width: all 32 bits. */
    private static final int WHOLE = 15;

    private BitPacking() {}

    /** Writes {@code values[0, count)}, taken as unsigned; what stands behind them up to {@link #room} is set to 0. */
    static void write(int[] values, int count, PayloadWriter out) {
        int groups = groups(count);
        Arrays.fill(values, count, room(count), 0);
        ByteBuffer widths = out.room((groups + 1) / 2);
        int total = 0;
        for (int group = 0; group < groups; group += 2) {
            int first = code(values, group * GROUP);
            int second = group + 1 < groups ? code(values, (group + 1) * GROUP) : 0;
            widths.put(group / 2, (byte) (first | (second << 4)));
            total += width(first) + width(second);
        }
        ByteBuffer bits = out.room(total);
        int at = 0;
        for (int group = 0; group < groups; group++) {
            int width = width(widths, group);
            if (width <= LONG_WIDTH && at + Long.BYTES <= total) {
                bits.putLong(at, packed(values, group * GROUP, width));
            } else {
                writeBytes(values, group * GROUP, width, bits, at);
            }
            at += width;
        }
    }

    /** Reads what {@link #write} wrote into {@code values[0, count)}; what stands behind them up to {@link #room} is set to 0. */
    static void read(PayloadReader in, int[] values, int count) {
        int groups = groups(count);
        ByteBuffer widths = in.part((groups + 1) / 2);
        int total = 0;
        for (int group = 0; group < groups; group++) {
            total += width(widths, group);
        }
        ByteBuffer bits = in.part(total);
        int at = 0;
        for (int group = 0; group < groups; group++) {
            int width = width(widths, group);
            if (width <= LONG_WIDTH && at + Long.BYTES <= total) {
                unpack(bits.getLong(at), width, values, group * GROUP);
            } else {
                readBytes(bits, at, width, values, group * GROUP);
            }
            at += width;
        }
    }

    /** Length that an array of {@code count} values must have at least. */
    static int room(int count) {
        return groups(count) * GROUP;
    }

    private static int groups(int count) {
        return (count + GROUP - 1) / GROUP;
    }

    private static int width(ByteBuffer widths, int group) {
        return width((widths.get(group / 2) >>> (4 * (group % 2))) & 0xF);
    }

    private static int width(int code) {
        return code == WHOLE ? Integer.SIZE : code;
    }

    private static int code(int[] values, int from) {
        int any = values[from]
                | values[from + 1]
                | values[from + 2]
                | values[from + 3]
                | values[from + 4]
                | values[from + 5]
                | values[from + 6]
                | values[from + 7];
        return Math.min(WHOLE, Integer.SIZE - Integer.numberOfLeadingZeros(any));
    }

    private static long packed(int[] values, int from, int width) {
        long bits = 0;
        for (int i = GROUP - 1; i >= 0; i--) {
            bits = (bits << width) | values[from + i];
        }
        return bits;
    }

    private static void unpack(long bits, int width, int[] values, int from) {
        int mask = (1 << width) - 1;
        for (int i = 0; i < GROUP; i++) {
            values[from + i] = (int) (bits >>> (i * width)) & mask;
        }
    }

    /** What fits no long, and what is too close to the end. */
    private static void writeBytes(int[] values, int from, int width, ByteBuffer target, int at) {
        long bits = 0;
        int held = 0;
        int next = at;
        for (int i = 0; i < GROUP; i++) {
            bits |= (values[from + i] & 0xFFFF_FFFFL) << held;
            for (held += width; held >= Byte.SIZE; held -= Byte.SIZE) {
                target.put(next++, (byte) bits);
                bits >>>= Byte.SIZE;
            }
        }
    }

    private static void readBytes(ByteBuffer source, int at, int width, int[] values, int from) {
        long mask = (1L << width) - 1;
        long bits = 0;
        int held = 0;
        int next = at;
        for (int i = 0; i < GROUP; i++) {
            for (; held < width; held += Byte.SIZE) {
                bits |= (source.get(next++) & 0xFFL) << held;
            }
            values[from + i] = (int) (bits & mask);
            bits >>>= width;
            held -= width;
        }
    }
}
