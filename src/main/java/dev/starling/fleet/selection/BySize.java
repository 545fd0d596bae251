package dev.starling.fleet.selection;

import dev.starling.base.Seeds;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Devices are drawn with probability proportional to their training examples, within a random pool: drawing from the
 * whole fleet would need every device's size.
 */
record BySize(double poolFactor, IntUnaryOperator examples, Seeds seeds) implements Selection {

    @Override
    public List<Invitation> select(int round, int count, Candidates candidates, FleetHistory history) {
        List<Invitation> pool = Pool.of(Pool.size(count, poolFactor), candidates);
        List<Invitation> ranked =
                Pool.weighted(pool, pool.size(), invitation -> examples.applyAsInt(invitation.device()), round, seeds);
        return Pool.together(ranked, pool, count, candidates);
    }
}
