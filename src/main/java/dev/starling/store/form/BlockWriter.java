package dev.starling.store.form;

/**
 * Writes a stream of integers in blocks, each as {@link Planes} or as {@link Widths}, whichever is smaller. Tensors share
 * blocks: small ones would not pay for a block of their own.
 */
final class BlockWriter {

    static final int PLANES = 0;
    static final int WIDTHS = 1;

    private final PayloadWriter out;
    private final Workspace space = Workspace.mine();
    private final int[] values;
    private int count;

    /** @param most number of values that will be put */
    BlockWriter(PayloadWriter out, int most) {
        this.out = out;
        this.values = new int[Math.min(most, Workspace.BLOCK)];
    }

    void put(int value) {
        values[count++] = value;
        if (count == Workspace.BLOCK) {
            finish();
        }
    }

    /** Writes what is left. */
    void finish() {
        if (count > 0) {
            int start = out.size();
            out.put(WIDTHS);
            Widths.write(values, count, out, space);
            int middle = out.size();
            out.put(PLANES);
            Planes.write(values, count, out, space);
            int end = out.size();
            if (end - middle < middle - start) {
                out.keep(start, middle, end);
            } else {
                out.keep(start, start, middle);
            }
            count = 0;
        }
    }
}
