package dev.starling.cli.drill;

import dev.starling.base.Median;
import dev.starling.cli.drill.KillPlan.Victim;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long runs took to go on, by what had been killed. */
final class Recoveries {

    private final List<Double> ofNodes = new ArrayList<>();
    private final List<Double> ofCoordinators = new ArrayList<>();

    void note(Victim victim, double seconds) {
        (victim == Victim.COORDINATOR ? ofCoordinators : ofNodes).add(seconds);
    }

    /** For people; a kind that nothing is known of is left out. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        add(lines, "a node", ofNodes);
        add(lines, "the run's own process", ofCoordinators);
        return lines;
    }

    private static void add(List<String> lines, String killed, List<Double> seconds) {
        if (!seconds.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "the next round after the death of %s: p50 %.1f s, p90 %.1f s, at most %.1f s (%d)",
                    killed,
                    Median.of(seconds),
                    quantile(seconds, 0.9),
                    quantile(seconds, 1),
                    seconds.size()));
        }
    }

    /** The smallest value that a share of {@code q} does not exceed. */
    static double quantile(List<Double> values, double q) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(q * sorted.size()) - 1));
    }
}
