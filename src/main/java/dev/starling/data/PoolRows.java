package dev.starling.data;

/** Which rows of a pool somebody holds. */
@FunctionalInterface
interface PoolRows {

    /** Row number {@code index} of them. */
    int row(int index);
}
