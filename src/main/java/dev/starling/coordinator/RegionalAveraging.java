package dev.starling.coordinator;

import dev.starling.model.Delta;
import dev.starling.model.Snapshot;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;

/**
 * The arithmetic of hierarchical federated averaging: deltas of a region move its base, and the means of the regions
 * move the global one. Computed in double, region by region in order; only bases are rounded to float32.
 *
 * <p>Liu, Zhang, Song and Letaief, "Client-edge-cloud hierarchical federated learning", ICC 2020, algorithm 1
 * (HierFAVG): EdgeAggregation is w_l ← Σ |D_i| w_i ÷ |D_l| over the devices of region l, here as in FedAvg w_l ← w_l + Σ
 * |D_i| (w_i − w_l) ÷ |D_l|; CloudAggregation is w ← Σ |D_l| w_l ÷ |D|. There all devices take part all the time. Here a
 * round asks a cohort, so |D_l| are the examples (or what else the algorithm weighs by) of the reporters that
 * counted: in the round for a region's step, since the last merge for the merge. A region nobody reported from has no
 * part in it. A merge need not set the base to the mean either: the mean change since the last merge goes to the
 * server optimizer.
 *
 * @param before what the regions counted since the last merge, without this round
 * @param counted weights by region that count in this round
 * @param planned weights of all reporters of this round, rejected ones included
 * @param sums Σ weight ÷ planned × delta of each region, one behind the other
 */
record RegionalAveraging(Bases bases, RegionCounts before, List<Long> counted, long planned, Delta sums) {

    /**
     * Mean over regions of their changes since the last merge, as a delta of the global base.
     *
     * <p>Without rounds since the last merge this is the plain sum over all reporters, scaled, to the last bit.
     *
     * @param scaling of the sums of this round, so that with what is known from before the weights sum to one
     */
    Delta sinceMerge(Consumer<double[]> scaling) {
        RegionCounts after = before.plus(counted);
        double[] mean = new double[count()];
        for (int region = 0; region < counted.size(); region++) {
            if (counted.get(region) > 0) {
                // This round's mean is the region's; its weight is that of all that counted since the merge.
                double grown = (double) after.weights().get(region) / counted.get(region);
                int first = region * mean.length;
                add(mean, i -> grown * sums.get(first + i));
            }
        }
        scaling.accept(mean);
        addChanges(mean, bases, before, after);
        return Delta.of(mean);
    }

    /** The change of a region's base in this round: the mean of its reporters' deltas. */
    Delta ofRegion(int region) {
        double[] mean = new double[count()];
        double factor = (double) planned / counted.get(region);
        int first = region * mean.length;
        add(mean, i -> factor * sums.get(first + i));
        return Delta.of(mean);
    }

    private int count() {
        return sums.count() / counted.size();
    }

    /** Mean over regions of how far their bases are from where they were merged. */
    static Delta spread(Bases bases, RegionCounts counts) {
        double[] mean = new double[bases.merged().weights().layout().count()];
        addChanges(mean, bases, counts, counts);
        return Delta.of(mean);
    }

    private static void addChanges(double[] mean, Bases bases, RegionCounts moved, RegionCounts weights) {
        Snapshot merged = bases.merged().weights();
        for (int region = 0; region < bases.regional().size(); region++) {
            if (moved.weights().get(region) > 0) {
                Delta change = Delta.between(bases.regional().get(region).weights(), merged);
                double weight = weights.weight(region);
                add(mean, i -> weight * change.get(i));
            }
        }
    }

    private static void add(double[] values, IntToDoubleFunction terms) {
        for (int i = 0; i < values.length; i++) {
            values[i] += terms.applyAsDouble(i);
        }
    }
}
