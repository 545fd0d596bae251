package dev.starling.data;

/** What stands for missing values, from those that are there: sorted, at least one. */
final class Filling {

    private Filling() {}

    static float mean(float[] sorted) {
        double sum = 0;
        for (float value : sorted) {
            sum += value;
        }
        return (float) (sum / sorted.length);
    }

    /** The middle one, or the mean of the two in the middle. */
    static float median(float[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (float) (((double) sorted[middle - 1] + sorted[middle]) / 2);
    }

    /** The smallest of those that occur most often. */
    static float mostCommon(float[] sorted) {
        float best = sorted[0];
        int most = 0;
        int run = 0;
        for (int i = 0; i < sorted.length; i++) {
            run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
            if (run > most) {
                most = run;
                best = sorted[i];
            }
        }
        return best;
    }
}
