package dev.starling.data;

import dev.starling.base.Rng;
import java.util.Arrays;

/** Choices of rows. */
final class Rows {

    private Rows() {}

    /** 0 … count−1. */
    static int[] all(int count) {
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    /** {@code chosen} of 0 … count−1, drawn at random, in ascending order. */
    static int[] choose(int count, int chosen, Rng rng) {
        int[] rows = Arrays.copyOf(rng.permutation(count), chosen);
        Arrays.sort(rows);
        return rows;
    }

    /** What is left of 0 … count−1 without {@code chosen}, ascending. */
    static int[] without(int count, int[] chosen) {
        boolean[] gone = new boolean[count];
        for (int row : chosen) {
            gone[row] = true;
        }
        return Arrays.stream(all(count)).filter(row -> !gone[row]).toArray();
    }
}
