package dev.starling.fleet.selection;

import dev.starling.base.Seeds;
import dev.starling.fleet.ExampleCounts;
import java.util.List;

/**
 * Devices are drawn with probability proportional to their training examples, within a random pool: drawing from the
 * whole fleet would need every device's size.
 */
record BySize(double poolFactor, ExampleCounts examples, Seeds seeds) implements Selection {

    @Override
    public List<Invitation> select(int round, int count, Candidates candidates, FleetHistory history) {
        List<Invitation> pool = Pool.of(Pool.size(count, poolFactor), candidates);
        List<Invitation> ranked = Pool.weighted(
                pool, pool.size(), invitation -> examples.of(invitation.device(), candidates.opens()), round, seeds);
        return Pool.together(ranked, pool, count, candidates);
    }
}
