package dev.starling.coordinator;

import dev.starling.aggregate.ExactSum;
import dev.starling.aggregate.FoldTotals;
import dev.starling.aggregate.Rejection;
import java.util.Set;
import java.util.stream.Collectors;

/** The sum over all nodes of one round, and what it is made of. */
record RoundSum(ExactSum sum, FoldTotals totals) {

    /** The sum of a round in which nobody worked. */
    static RoundSum empty() {
        return new RoundSum(new ExactSum(0), FoldTotals.NONE);
    }

    /** Devices whose delta is not in the sum. */
    Set<Integer> rejected() {
        return rejected(totals);
    }

    static Set<Integer> rejected(FoldTotals totals) {
        return totals.rejections().stream().map(Rejection::device).collect(Collectors.toSet());
    }

    /** Those of them whose training diverged. */
    static Set<Integer> diverged(FoldTotals totals) {
        return totals.rejections().stream()
                .filter(Rejection::diverged)
                .map(Rejection::device)
                .collect(Collectors.toSet());
    }
}
