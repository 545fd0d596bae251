package dev.starling.fleet;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Every set of devices is equally likely, independently in each round, in time and memory of the cohort, however
 * large the fleet: Floyd's sampling (Bentley and Floyd, "A sample of brilliance", CACM 30(9), 1987, algorithm F2).
 */
public final class UniformSelector implements CohortSelector {

    private final int devices;
    private final Seeds seeds;

    public UniformSelector(int devices, Seeds seeds) {
        this.devices = devices;
        this.seeds = seeds;
    }

    /** Throws IllegalArgumentException if {@code count} is not 0 … devices. */
    @Override
    public List<Integer> select(int round, int count) {
        if (count < 0 || count > devices) {
            throw new IllegalArgumentException(
                    "a cohort must have at most " + devices + " devices (the fleet), got " + count);
        }
        Rng rng = seeds.of(Purpose.COHORT, round);
        Set<Integer> chosen = new HashSet<>(count * 2);
        int[] order = new int[count];
        for (int last = devices - count, i = 0; i < count; last++, i++) {
            int candidate = rng.nextInt(last + 1);
            order[i] = chosen.add(candidate) ? candidate : last;
            chosen.add(order[i]);
        }
        // Floyd's sets are uniform but their order is not, and order breaks ties between reports.
        rng.shuffle(order, count);
        return IntStream.of(order).boxed().toList();
    }
}
