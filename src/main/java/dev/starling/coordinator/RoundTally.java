package dev.starling.coordinator;

import dev.starling.aggregate.ExactSum;
import dev.starling.aggregate.FoldTotals;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The partial sums that have reached the coordinator in one round. Each reporter must be in exactly one of them; a
 * node that is lost before its sum arrived leaves its devices missing, and they are asked again.
 */
final class RoundTally {

    private final Set<Integer> expected;
    private final int values;
    private ExactSum sum;
    private FoldTotals totals = FoldTotals.NONE;

    RoundTally(Collection<Integer> reporters, int values) {
        this.expected = new TreeSet<>(reporters);
        this.values = values;
        this.sum = new ExactSum(values);
    }

    /**
     * Takes in a node's partial sum.
     *
     * @param addTo adds its values to the sum that it is given
     * @return false if it holds a device that is in already or was never asked: then nothing can be told apart any
     *     more, everything taken in so far is dropped, and all reporters are missing again
     */
    boolean add(FoldTotals contents, Consumer<ExactSum> addTo) {
        if (!expected.containsAll(contents.handledDevices())
                || !Collections.disjoint(new HashSet<>(totals.handledDevices()), contents.handledDevices())) {
            sum = new ExactSum(values);
            totals = FoldTotals.NONE;
            return false;
        }
        if (!contents.devices().isEmpty()) {
            addTo.accept(sum);
        }
        totals = totals.plus(contents);
        return true;
    }

    /** Reporters that are in no partial sum yet. */
    Set<Integer> missing() {
        Set<Integer> missing = new TreeSet<>(expected);
        totals.handledDevices().forEach(missing::remove);
        return missing;
    }

    /** The sum over all nodes; only whole when nobody is {@link #missing()}. */
    RoundSum sum() {
        return new RoundSum(sum, totals);
    }
}
