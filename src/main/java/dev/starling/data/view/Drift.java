package dev.starling.data.view;

import dev.starling.base.SimTime;

/**
 * How far something that drifts has come: on its way from draw {@code index} to the next one.
 *
 * @param part 0 to below 1
 */
record Drift(long index, double part) {

    /** What has a draw every {@code seconds} of fleet time since {@code start}; infinite: only the first. */
    static Drift at(SimTime start, SimTime now, double seconds) {
        if (seconds == Double.POSITIVE_INFINITY) {
            return new Drift(0, 0);
        }
        double draws = now.millisSince(start) / (seconds * 1000);
        double index = Math.floor(draws);
        return new Drift((long) index, draws - index);
    }

    /** Between two standard normal draws, on the arc on which what comes out is standard normal too. */
    double glide(double from, double to) {
        return part == 0
                ? from
                : from * StrictMath.cos(part * StrictMath.PI / 2) + to * StrictMath.sin(part * StrictMath.PI / 2);
    }

    /** Between two numbers on a straight line. */
    double blend(double from, double to) {
        return from + part * (to - from);
    }
}
