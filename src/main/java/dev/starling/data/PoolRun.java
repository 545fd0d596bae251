package dev.starling.data;

/**
 * Rows of a stretch of a pool, one after the other from {@code first} on, and from the stretch's beginning after its
 * end. Rows of a stretch are drawn alike, so a run of them is as good a choice as any, and memory likes it best.
 *
 * @param offset first row of the stretch
 * @param first where in the stretch the run begins
 */
record PoolRun(int offset, int length, int first) implements PoolRows {

    @Override
    public int row(int index) {
        return offset + (first + index) % length;
    }
}
