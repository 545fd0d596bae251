package dev.starling.store.form;

/** Reads what {@link BitWriter} wrote, and no byte more. */
final class BitReader {

    private final PayloadReader in;
    private long pending;
    private int held;

    BitReader(PayloadReader in) {
        this.in = in;
    }

    /** A number of {@code width} bits, at most 32; 0 for a width below 1. */
    int next(int width) {
        if (width < 1) {
            return 0;
        }
        while (held < width) {
            pending |= (long) in.next() << held;
            held += 8;
        }
        int value = (int) (pending & (-1L >>> (64 - width)));
        pending >>>= width;
        held -= width;
        return value;
    }
}
