package dev.starling.coordinator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the regions have counted since their bases were merged the last time: it decides when they are merged again, and
 * how much each weighs then.
 *
 * @param rounds that changed anything
 * @param weights by region, of the reporters that counted, summed over those rounds
 */
record RegionCounts(int rounds, List<Long> weights) {

    RegionCounts {
        weights = List.copyOf(weights);
    }

    static RegionCounts none(int regions) {
        return new RegionCounts(0, Collections.nCopies(regions, 0L));
    }

    /** After one more round, in which the reports of the regions weighed so much. */
    RegionCounts plus(List<Long> counted) {
        List<Long> sums = new ArrayList<>();
        for (int region = 0; region < weights.size(); region++) {
            sums.add(weights.get(region) + counted.get(region));
        }
        return new RegionCounts(rounds + 1, sums);
    }

    long total() {
        return weights.stream().mapToLong(Long::longValue).sum();
    }

    /** Share of a region in the mean of all: those of all regions sum to one. */
    double weight(int region) {
        return (double) weights.get(region) / total();
    }

    /** How many regions have counted anything. */
    int contributing() {
        return (int) weights.stream().filter(count -> count > 0).count();
    }
}
