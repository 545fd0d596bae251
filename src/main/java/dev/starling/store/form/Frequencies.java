package dev.starling.store.form;

import java.util.Arrays;

/** How often each byte occurs in a plane, and what that alone would save. */
final class Frequencies {

    private static final double LOG_2 = Math.log(2);

    private final int[] counts = new int[256];

    /** Bits per byte that a code of the frequencies of {@code plane[0, count)} needs: its entropy of order 0, 0 to 8. */
    double entropy(byte[] plane, int count) {
        Arrays.fill(counts, 0);
        for (int i = 0; i < count; i++) {
            counts[plane[i] & 0xFF]++;
        }
        double sum = 0;
        for (int frequency : counts) {
            sum += frequency == 0 ? 0 : frequency * Math.log(frequency);
        }
        return (Math.log(count) - sum / count) / LOG_2;
    }
}
