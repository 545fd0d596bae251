package dev.starling.cli.bench;

import dev.starling.base.Median;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a round takes on so many JVMs.
 *
 * @param threadsEach threads that train, per JVM
 * @param rounds that were measured
 * @param millisPerRound of wall time
 * @param coreMillisPerRound of all cores together
 * @param ratio to the wall time of the first run that was measured beside it
 * @param medianRatio the median of that ratio over pairs of turns; NaN if a turn was too short for a round
 */
public record ClusterCost(
        int jvms,
        int threadsEach,
        int rounds,
        double millisPerRound,
        double coreMillisPerRound,
        double ratio,
        double medianRatio) {

    /** From as many turns as {@code first} has, in the same order. */
    static ClusterCost of(int jvms, int threadsEach, List<Turn> turns, List<Turn> first) {
        int rounds = turns.stream().mapToInt(Turn::rounds).sum();
        return new ClusterCost(
                jvms,
                threadsEach,
                rounds,
                millisPerRound(turns),
                1e3 * turns.stream().mapToDouble(Turn::cpuSeconds).sum() / rounds,
                millisPerRound(turns) / millisPerRound(first),
                medianRatio(turns, first));
    }

    private static double millisPerRound(List<Turn> turns) {
        return 1e3
                * turns.stream().mapToDouble(Turn::seconds).sum()
                / turns.stream().mapToInt(Turn::rounds).sum();
    }

    private static double medianRatio(List<Turn> turns, List<Turn> first) {
        if (turns.stream().anyMatch(turn -> turn.rounds() == 0)
                || first.stream().anyMatch(turn -> turn.rounds() == 0)) {
            return Double.NaN;
        }
        return Median.of(IntStream.range(0, turns.size())
                .mapToDouble(i -> millisPerRound(turns.subList(i, i + 1)) / millisPerRound(first.subList(i, i + 1)))
                .toArray());
    }
}
