package dev.starling.store.form;

import dev.starling.store.DamagedModelException;
import java.util.Arrays;

/**
 * A block of integers as four planes of bytes, the low one first. A byte says of each plane, two bits each, whether it is
 * zero, raw or compressed, whichever is smallest: high bytes of differences are few values of very unequal frequency,
 * low ones are noise.
 */
final class Planes {

    private static final int ZERO = 0;
    private static final int RAW = 1;
    private static final int COMPRESSED = 2;

    /** No frame of zstd is smaller than what so few bytes are. */
    private static final int TOO_FEW_TO_COMPRESS = 12;

    /** Bits per byte beyond which a plane is noise: compressing it would gain 3 % at most, for most of the time. */
    private static final double NOISE = 7.75;

    private Planes() {}

    /** Writes {@code values[0, count)}. */
    static void write(int[] values, int count, PayloadWriter out, Workspace space) {
        int start = out.size();
        out.put(0);
        int forms = 0;
        int any = 0;
        for (int i = 0; i < count; i++) {
            any |= values[i];
        }
        for (int shift = 0; shift < 32; shift += 8) {
            if (((any >>> shift) & 0xFF) == 0) {
                continue; // ZERO, as most high planes are.
            }
            byte[] plane = space.plane();
            for (int i = 0; i < count; i++) {
                plane[i] = (byte) (values[i] >>> shift);
            }
            forms |= writePlane(count, out, space) << (shift / 4);
        }
        out.set(start, forms);
    }

    static void read(PayloadReader in, int[] values, int count, Workspace space) {
        int forms = in.next();
        boolean first = true;
        for (int shift = 0; shift < 32; shift += 8) {
            int form = (forms >>> (shift / 4)) & 3;
            if (form != ZERO) {
                readPlane(form, in, count, space);
                fill(values, count, space.plane(), shift, first);
                first = false;
            }
        }
        if (first) {
            Arrays.fill(values, 0, count, 0);
        }
    }

    private static void fill(int[] values, int count, byte[] plane, int shift, boolean first) {
        if (first) {
            for (int i = 0; i < count; i++) {
                values[i] = (plane[i] & 0xFF) << shift;
            }
        } else {
            for (int i = 0; i < count; i++) {
                values[i] |= (plane[i] & 0xFF) << shift;
            }
        }
    }

    /** Writes the workspace's plane of {@code count} bytes raw or compressed, and says which. */
    private static int writePlane(int count, PayloadWriter out, Workspace space) {
        boolean hopeless = count < TOO_FEW_TO_COMPRESS || space.entropy(count) > NOISE;
        int size = hopeless ? count : space.compress(count);
        if (size + varintBytes(size) < count) {
            out.varint(size);
            out.put(space.compressed(), 0, size);
            return COMPRESSED;
        }
        out.put(space.plane(), 0, count);
        return RAW;
    }

    private static void readPlane(int form, PayloadReader in, int count, Workspace space) {
        if (form == RAW) {
            System.arraycopy(in.bytes(), in.skip(count), space.plane(), 0, count);
        } else if (form == COMPRESSED) {
            int size = in.varint(count);
            space.decompress(in.bytes(), in.skip(size), size, count);
        } else {
            throw DamagedModelException.payload("there is no plane of form " + form);
        }
    }

    /** Bytes of {@link PayloadWriter#varint}. */
    static int varintBytes(int value) {
        return (Math.max(1, 32 - Integer.numberOfLeadingZeros(value)) + 6) / 7;
    }
}
