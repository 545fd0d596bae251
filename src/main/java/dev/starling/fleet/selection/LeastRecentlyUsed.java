package dev.starling.fleet.selection;

import java.util.Comparator;
import java.util.List;

/** Of a random pool, those that were asked longest ago; who never was comes first. */
record LeastRecentlyUsed(double poolFactor) implements Selection {

    @Override
    public List<Invitation> select(int round, int count, Candidates candidates, FleetHistory history) {
        List<Invitation> pool = Pool.of(Pool.size(count, poolFactor), candidates);
        List<Invitation> ranked = pool.stream()
                .sorted(Comparator.comparingInt(invitation -> history.of(invitation.device())
                        .map(FleetHistory.Past::lastRound)
                        .orElse(0)))
                .toList();
        return Pool.together(ranked, pool, count, candidates);
    }
}
