package dev.starling.data;

/**
 * Rows of a stretch of a pool, taken in strides: a walk that visits every row once before it comes back.
 *
 * @param offset first row of the stretch
 * @param first where in the stretch the walk begins
 * @param stride coprime to {@code length}
 */
record PoolRows(int offset, int length, int first, int stride) {

    /** Row number {@code index} of the walk. */
    int row(int index) {
        return offset + (int) ((first + (long) index * stride) % length);
    }
}
