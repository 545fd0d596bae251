package dev.starling.store.form;

import dev.starling.store.DamagedModelException;

/** Which values of a tensor changed: gaps between them, or a bit for each value of the tensor. */
final class Positions {

    private Positions() {}

    /** Bytes of {@link #writeGaps} for the first {@code changed} of {@code positions}. */
    static int gapBytes(int[] positions, int changed) {
        int bytes = Planes.varintBytes(changed);
        for (int i = 0; i < changed; i++) {
            bytes += Planes.varintBytes(positions[i] - (i == 0 ? 0 : positions[i - 1] + 1));
        }
        return bytes;
    }

    static int bitmapBytes(int values) {
        return (values + 7) / 8;
    }

    /** Their number, then how many unchanged values lie before each. */
    static void writeGaps(int[] positions, int changed, PayloadWriter out) {
        out.varint(changed);
        for (int i = 0; i < changed; i++) {
            out.varint(positions[i] - (i == 0 ? 0 : positions[i - 1] + 1));
        }
    }

    static int[] readGaps(PayloadReader in, int values) {
        // Each takes a byte at least: a small payload cannot ask for a large array.
        int[] positions = new int[in.varint(Math.min(values, in.remaining()))];
        int next = 0;
        for (int i = 0; i < positions.length; i++) {
            positions[i] = next + in.varint(values - 1 - next);
            next = positions[i] + 1;
        }
        return positions;
    }

    static void writeBitmap(int[] positions, int changed, int values, PayloadWriter out) {
        byte[] bitmap = new byte[bitmapBytes(values)];
        for (int i = 0; i < changed; i++) {
            bitmap[positions[i] >> 3] |= (byte) (1 << (positions[i] & 7));
        }
        out.put(bitmap, 0, bitmap.length);
    }

    static int[] readBitmap(PayloadReader in, int values) {
        int from = in.skip(bitmapBytes(values));
        byte[] bytes = in.bytes();
        int changed = 0;
        for (int i = 0; i < bitmapBytes(values); i++) {
            changed += Integer.bitCount(bytes[from + i] & 0xFF);
        }
        int[] positions = new int[changed];
        int found = 0;
        for (int i = 0; i < 8 * bitmapBytes(values); i++) {
            if (((bytes[from + (i >> 3)] >> (i & 7)) & 1) != 0) {
                if (i >= values) {
                    throw DamagedModelException.payload("value " + i + " changed, there are " + values);
                }
                positions[found++] = i;
            }
        }
        return positions;
    }
}
