package dev.starling.fleet.selection;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What strategies share that look at more candidates than they take. */
final class Pool {

    private Pool() {}

    /** The first {@code size} candidates. */
    static List<Invitation> of(int size, Candidates candidates) {
        return new Uniform().select(0, size, candidates, FleetHistory.none());
    }

    static int size(int count, double factor) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(count * factor));
    }

    /**
     * Up to {@code count} of them without replacement, by weight: the largest of u^(1/w) (Efraimidis and Spirakis,
     * "Weighted random sampling with a reservoir", IPL 97, 2006, algorithm A). Devices of weight 0 come last.
     */
    static List<Invitation> weighted(
            List<Invitation> pool, int count, ToDoubleFunction<Invitation> weight, int round, Seeds seeds) {
        record Drawn(Invitation invitation, double key) {}
        return pool.stream()
                .map(invitation -> {
                    Rng rng = seeds.of(Purpose.SELECTION, round, invitation.device());
                    double heavy = Math.max(weight.applyAsDouble(invitation), Double.MIN_NORMAL);
                    // The logarithm of u^(1/w): the power itself would underflow.
                    return new Drawn(invitation, StrictMath.log(1 - rng.nextDouble()) / heavy);
                })
                .sorted(Comparator.comparingDouble(Drawn::key).reversed())
                .limit(count)
                .map(Drawn::invitation)
                .toList();
    }

    /**
     * Asks the chosen together: who came first waited until the whole pool was there, and only who is still eligible
     * then is asked.
     */
    static List<Invitation> together(List<Invitation> ranked, List<Invitation> pool, int count, Candidates candidates) {
        Optional<SimTime> complete = pool.stream().map(Invitation::at).max(Comparator.naturalOrder());
        List<Invitation> chosen = new ArrayList<>(count);
        for (Invitation invitation : ranked) {
            SimTime at = complete.orElse(invitation.at());
            if (chosen.size() < count
                    && (invitation.at().equals(at) || candidates.stillThere(invitation.device(), at))) {
                chosen.add(new Invitation(invitation.device(), at));
            }
        }
        return chosen;
    }
}
