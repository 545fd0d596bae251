package dev.starling.metrics;

import java.util.List;

/**
 * A run that was taken up again.
 *
 * @param times how often, this time included
 * @param rounds those that were done before, in order
 */
public record Resumed(int times, List<RoundRecord> rounds) {

    public Resumed {
        rounds = List.copyOf(rounds);
    }
}
