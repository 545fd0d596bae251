package dev.starling.data;

import java.util.List;

/** Brings the elements of an array, as NumPy may lay them out, into the one order that is read: little-endian, C. */
final class ElementOrder {

    private ElementOrder() {}

    /** The elements in that order; {@code bytes} are taken over. */
    static byte[] usual(NpyHeader header, byte[] bytes) {
        int size = header.type().bytes();
        if (header.bigEndian() && size > 1) {
            reverse(bytes, size);
        }
        if (header.type() == NpyType.BOOL) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (bytes[i] == 0 ? 0 : 1);
            }
        }
        boolean oneOrder = header.shape().stream().filter(length -> length > 1).count() < 2;
        return header.columnsFirst() && !oneOrder && bytes.length > 0 ? rowsFirst(bytes, header.shape(), size) : bytes;
    }

    private static void reverse(byte[] bytes, int size) {
        for (int at = 0; at < bytes.length; at += size) {
            for (int i = 0; i < size / 2; i++) {
                byte kept = bytes[at + i];
                bytes[at + i] = bytes[at + size - 1 - i];
                bytes[at + size - 1 - i] = kept;
            }
        }
    }

    private static byte[] rowsFirst(byte[] bytes, List<Integer> shape, int size) {
        int dimensions = shape.size();
        int[] lengths = shape.stream().mapToInt(Integer::intValue).toArray();
        int[] strides = new int[dimensions];
        int stride = size;
        for (int i = 0; i < dimensions; i++) {
            strides[i] = stride;
            stride *= lengths[i];
        }
        byte[] ordered = new byte[bytes.length];
        int[] index = new int[dimensions];
        int from = 0;
        for (int to = 0; to < ordered.length; to += size) {
            System.arraycopy(bytes, from, ordered, to, size);
            // The last index runs fastest; those that have come to their end begin anew.
            for (int i = dimensions - 1; i >= 0; i--) {
                from += strides[i];
                if (++index[i] < lengths[i]) {
                    break;
                }
                from -= strides[i] * lengths[i];
                index[i] = 0;
            }
        }
        return ordered;
    }
}
