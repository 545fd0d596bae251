package dev.starling.store.form;

/** Writes numbers of a few bits, the low bits first, without gaps. */
final class BitWriter {

    private final PayloadWriter out;
    private long pending;
    private int held;

    BitWriter(PayloadWriter out) {
        this.out = out;
    }

    /** The low {@code width} bits of {@code value}; at most 32, and none for a width below 1. */
    void put(int value, int width) {
        if (width > 0) {
            pending |= (value & (-1L >>> (64 - width))) << held;
            held += width;
            while (held >= 8) {
                out.put((int) pending);
                pending >>>= 8;
                held -= 8;
            }
        }
    }

    /** Fills the last byte with zeros. */
    void finish() {
        if (held > 0) {
            out.put((int) pending);
        }
        pending = 0;
        held = 0;
    }
}
