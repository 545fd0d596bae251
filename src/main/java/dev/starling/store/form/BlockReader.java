package dev.starling.store.form;

import dev.starling.store.DamagedModelException;

/** Reads what {@link BlockWriter} wrote. */
final class BlockReader {

    private final PayloadReader in;
    private final Workspace space = Workspace.mine();
    private final int[] values;
    private long left;
    private int at;
    private int count;

    /** @param total number of values in the stream */
    BlockReader(PayloadReader in, long total) {
        this.in = in;
        this.left = total;
        this.values = new int[(int) Math.min(total, Workspace.BLOCK)];
    }

    /** The next of the values; there must be one. */
    int next() {
        if (at == count) {
            read();
        }
        return values[at++];
    }

    private void read() {
        at = 0;
        count = (int) Math.min(left, Workspace.BLOCK);
        left -= count;
        int form = in.next();
        switch (form) {
            case BlockWriter.PLANES -> Planes.read(in, values, count, space);
            case BlockWriter.WIDTHS -> Widths.read(in, values, count, space);
            default -> throw DamagedModelException.payload("there is no block of form " + form);
        }
    }
}
