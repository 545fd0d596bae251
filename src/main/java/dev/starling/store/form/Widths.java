package dev.starling.store.form;

import dev.starling.store.DamagedModelException;

/**
 * A block of integers as their widths in bits and the bits below each leading one (the γ code of Elias, IEEE Transactions
 * on Information Theory, 1975, with the widths apart). Differences of trained weights spread evenly over the values of a
 * width, and unevenly over the widths: so the widths are compressed and the bits are left as they are. Byte planes do
 * the same in steps of eight bits, and lose up to a bit per value by it.
 *
 * <p>The widths, 0 to 32, are a plane of bytes that is compressed, or for few values as many bits each as the range of
 * widths needs.
 */
final class Widths {

    private static final int PACKED = 0;
    private static final int COMPRESSED = 1;

    private Widths() {}

    static void write(int[] values, int count, PayloadWriter out, Workspace space) {
        byte[] widths = space.plane();
        int least = 32;
        int most = 0;
        for (int i = 0; i < count; i++) {
            int width = 32 - Integer.numberOfLeadingZeros(values[i]);
            widths[i] = (byte) width;
            least = Math.min(least, width);
            most = Math.max(most, width);
        }
        int each = 32 - Integer.numberOfLeadingZeros(most - least);
        long packedBytes = 2 + ((long) each * count + 7) / 8;
        // With a single width there is nothing to gain, and of few values a frame's table takes more than it saves.
        int size = each == 0 || packedBytes < 12 ? Integer.MAX_VALUE : space.compress(count);
        BitWriter bits = new BitWriter(out);
        if (size + 2L < packedBytes) {
            out.put(COMPRESSED);
            out.varint(size);
            out.put(space.compressed(), 0, size);
        } else {
            out.put(PACKED);
            out.put(least);
            out.put(each);
            for (int i = 0; i < count; i++) {
                bits.put(widths[i] - least, each);
            }
        }
        for (int i = 0; i < count; i++) {
            bits.put(values[i], widths[i] - 1);
        }
        bits.finish();
    }

    static void read(PayloadReader in, int[] values, int count, Workspace space) {
        byte[] widths = space.plane();
        int form = in.next();
        BitReader bits = new BitReader(in);
        if (form == COMPRESSED) {
            int size = in.varint(count);
            space.decompress(in.bytes(), in.skip(size), size, count);
        } else if (form == PACKED) {
            int least = in.next();
            int each = in.next();
            if (least > 32 || each > 6) {
                throw DamagedModelException.payload("widths from " + least + " of " + each + " bits cannot be");
            }
            for (int i = 0; i < count; i++) {
                widths[i] = (byte) (least + bits.next(each));
            }
        } else {
            throw DamagedModelException.payload("there are no widths of form " + form);
        }
        for (int i = 0; i < count; i++) {
            int width = widths[i];
            if (width < 0 || width > 32) {
                throw DamagedModelException.payload("a value is " + width + " bits wide");
            }
            values[i] = width == 0 ? 0 : (1 << (width - 1)) | bits.next(width - 1);
        }
    }
}
