package dev.starling.coordinator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the regions have counted since their bases were merged the last time: it decides when they are merged again, and
 * how much each weighs then.
 *
 * @param rounds that changed anything
 * @param examples by region, of the reporters that counted, summed over those rounds
 */
record RegionCounts(int rounds, List<Long> examples) {

    RegionCounts {
        examples = List.copyOf(examples);
    }

    static RegionCounts none(int regions) {
        return new RegionCounts(0, Collections.nCopies(regions, 0L));
    }

    /** After one more round, in which the regions counted so many examples. */
    RegionCounts plus(List<Long> counted) {
        List<Long> sums = new ArrayList<>();
        for (int region = 0; region < examples.size(); region++) {
            sums.add(examples.get(region) + counted.get(region));
        }
        return new RegionCounts(rounds + 1, sums);
    }

    long total() {
        return examples.stream().mapToLong(Long::longValue).sum();
    }

    /** Share of a region in the mean of all: those of all regions sum to one. */
    double weight(int region) {
        return (double) examples.get(region) / total();
    }

    /** How many regions have counted anything. */
    int contributing() {
        return (int) examples.stream().filter(count -> count > 0).count();
    }
}
