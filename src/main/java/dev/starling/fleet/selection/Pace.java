package dev.starling.fleet.selection;

import dev.starling.base.SimTime;

/**
 * How fast devices check in: the whole fleet in turn, in a keyed random order that is new each time round. Turn
 * {@code turn} is at {@code from}; later ones follow at {@code turnsPerSecond}. A device whose turn comes checks in if
 * it is eligible.
 */
public record Pace(long turn, SimTime from, double turnsPerSecond) {

    /** When turn {@code number} comes. */
    public SimTime timeOf(long number) {
        return from.plusMillis((long) Math.ceil((number - turn) / turnsPerSecond * 1000));
    }

    /** The first turn that comes at {@code moment} or later. */
    public long turnAt(SimTime moment) {
        long number = turn + (long) Math.floor(moment.millisSince(from) * turnsPerSecond / 1000);
        while (number > turn && timeOf(number - 1).compareTo(moment) >= 0) {
            number--;
        }
        while (timeOf(number).compareTo(moment) < 0) {
            number++;
        }
        return Math.max(turn, number);
    }
}
