package dev.starling.fleet.selection;

import dev.starling.base.Seeds;
import dev.starling.fleet.ExampleCounts;
import java.util.Comparator;
import java.util.List;

/**
 * Power-of-choice, Cho, Wang and Joshi, "Client selection in federated learning", arXiv:2010.01243, 2020, section 3: of d
 * candidates drawn by data size, the m with the largest local loss. As the variant π_rpow-d, the loss is the one last
 * reported, not computed anew, and devices that never reported come first: it costs neither bytes nor training.
 * d is {@code poolFactor} times m; candidates by size come out of a random pool twice as large, see {@link BySize}.
 */
record PowerOfChoice(double poolFactor, ExampleCounts examples, Seeds seeds) implements Selection {

    @Override
    public List<Invitation> select(int round, int count, Candidates candidates, FleetHistory history) {
        int choices = Pool.size(count, poolFactor);
        List<Invitation> pool = Pool.of(2 * choices, candidates);
        List<Invitation> drawn = Pool.weighted(
                pool, choices, invitation -> examples.of(invitation.device(), candidates.opens()), round, seeds);
        List<Invitation> ranked = drawn.stream()
                .sorted(Comparator.comparingDouble((Invitation invitation) -> loss(invitation, history))
                        .reversed())
                .toList();
        return Pool.together(ranked, pool, count, candidates);
    }

    private static double loss(Invitation invitation, FleetHistory history) {
        double loss =
                history.of(invitation.device()).map(FleetHistory.Past::loss).orElse(Double.NaN);
        return Double.isNaN(loss) ? Double.POSITIVE_INFINITY : loss;
    }
}
