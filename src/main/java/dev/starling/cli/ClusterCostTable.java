package dev.starling.cli;

import dev.starling.cli.bench.ClusterBenchmark;
import dev.starling.cli.bench.ClusterCost;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints what a round takes on one and on several JVMs. */
final class ClusterCostTable {

    private static final String ROW = "%5s %13s %7s %9s %11s %9s %12s%n";

    private ClusterCostTable() {}

    /** It is silent for minutes then. */
    static void printHeading(ClusterBenchmark benchmark, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: %,d rounds to warm up, then %d turns of 3 s for each run, while the others stand still%n%n",
                benchmark.scenario().getFileName(),
                benchmark.warmUpRounds(),
                benchmark.turns());
        out.flush();
    }

    static void print(List<ClusterCost> costs, PrintStream out) {
        out.printf(ROW, "JVMs", "threads each", "rounds", "ms/round", "against 1", "median", "core-ms/rd");
        for (ClusterCost cost : costs) {
            out.printf(
                    ROW,
                    cost.jvms(),
                    cost.threadsEach(),
                    cost.rounds(),
                    String.format(Locale.ROOT, "%.1f", cost.millisPerRound()),
                    more(cost.ratio()),
                    more(cost.medianRatio()),
                    String.format(Locale.ROOT, "%.1f", cost.coreMillisPerRound()));
        }
    }

    private static String more(double ratio) {
        return Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%+.1f %%", 100 * (ratio - 1));
    }
}
