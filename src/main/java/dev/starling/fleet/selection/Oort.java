package dev.starling.fleet.selection;

import dev.starling.base.KeyedPermutation;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.fleet.ExampleCounts;
import dev.starling.fleet.selection.FleetHistory.Past;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * Oort, Lai, Zhu, Madhyastha and Chowdhury, "Oort: efficient federated learning via guided participant selection", OSDI
 * 2021. A device's utility is equation 1, |B| · √(1/|B| Σ loss²) · (T/t)^(α·1[T&lt;t]), plus the uncertainty √(0.1 ln R / L)
 * of algorithm 1 for devices that reported long ago. Utilities are clipped at their 95th percentile, those above c of the
 * marginal one are drawn by utility; a share ε of the round goes to devices that never worked, the faster the likelier;
 * the pacer lets T grow by Δ when two windows of rounds show falling utility.
 *
 * <p>Where we differ: the mean loss of a report stands for the root of the mean square, since reports carry sums only;
 * the known devices are a keyed sample of at most {@value #KNOWN_FACTOR} times the round, so that a round's cost does not
 * grow with the fleet; no device is retired for having worked often (use a cool-down).
 */
final class Oort implements Selection {

    private static final int KNOWN_FACTOR = 20;
    private static final double CLIP = 0.95;
    private static final double UNCERTAINTY = 0.1;

    private final OortSettings settings;
    private final double poolFactor;
    private final ExampleCounts examples;
    private final IntToDoubleFunction speed;
    private final Seeds seeds;

    /** @param speed what is known of an unknown device: its compute, as the operating system tells it */
    Oort(OortSettings settings, double poolFactor, ExampleCounts examples, IntToDoubleFunction speed, Seeds seeds) {
        this.settings = settings;
        this.poolFactor = poolFactor;
        this.examples = examples;
        this.speed = speed;
        this.seeds = seeds;
    }

    private record Rated(Invitation invitation, double utility) {}

    @Override
    public List<Invitation> select(int round, int count, Candidates candidates, FleetHistory history) {
        Map<Integer, Invitation> pool = new LinkedHashMap<>();
        known(round, count, candidates, history).forEach(one -> pool.put(one.device(), one));
        Pool.of(Pool.size(count, poolFactor), candidates).forEach(one -> pool.putIfAbsent(one.device(), one));
        List<Invitation> all = List.copyOf(pool.values());
        List<Invitation> explored =
                all.stream().filter(one -> reported(one, history)).toList();
        List<Invitation> fresh =
                all.stream().filter(one -> !reported(one, history)).toList();
        int exploring = Math.min(fresh.size(), (int) Math.round(exploration(history.rounds()) * count));
        List<Invitation> ranked = new ArrayList<>(exploit(round, count - exploring, explored, history));
        ranked.addAll(
                Pool.weighted(fresh, count - ranked.size(), one -> speed.applyAsDouble(one.device()), round, seeds));
        return Pool.together(ranked, all, count, candidates);
    }

    private static boolean reported(Invitation one, FleetHistory history) {
        return history.of(one.device()).map(past -> past.reportedRound() > 0).orElse(false);
    }

    /** A keyed sample of the devices that reported before and can be asked now. */
    private List<Invitation> known(int round, int count, Candidates candidates, FleetHistory history) {
        int size = history.exploredCount();
        List<Invitation> known = new ArrayList<>();
        if (size > 0) {
            KeyedPermutation order = new KeyedPermutation(size, seeds.of(Purpose.SELECTION, round));
            for (int i = 0; i < Math.min(size, count * KNOWN_FACTOR); i++) {
                Optional<Invitation> asked = candidates.ask(history.explored(order.at(i)), candidates.opens());
                asked.ifPresent(known::add);
            }
        }
        return known;
    }

    private List<Invitation> exploit(int round, int count, List<Invitation> explored, FleetHistory history) {
        if (count <= 0 || explored.isEmpty()) {
            return List.of();
        }
        double preferred = preferredSeconds(history);
        double clip = clip(explored, history);
        List<Rated> rated = explored.stream()
                .map(one -> new Rated(one, utility(one.device(), round, clip, preferred, history)))
                .sorted(Comparator.comparingDouble(Rated::utility).reversed())
                .toList();
        double marginal = rated.get(Math.min(count, rated.size()) - 1).utility();
        Map<Integer, Double> admitted = new LinkedHashMap<>();
        List<Invitation> within = new ArrayList<>();
        for (Rated one : rated) {
            if (one.utility() >= settings.cutOff() * marginal) {
                within.add(one.invitation());
                admitted.put(one.invitation().device(), one.utility());
            }
        }
        return Pool.weighted(within, count, one -> admitted.getOrDefault(one.device(), 0.0), -round, seeds);
    }

    /** Equation 1 and line 10 of algorithm 1. */
    private double utility(int device, int round, double clip, double preferred, FleetHistory history) {
        Past past = history.of(device).orElseThrow();
        double statistical = Math.min(clip, statistical(device, past));
        double uncertainty = StrictMath.sqrt(UNCERTAINTY * StrictMath.log(round) / past.reportedRound());
        double system = preferred < past.seconds() ? StrictMath.pow(preferred / past.seconds(), settings.penalty()) : 1;
        return (statistical + uncertainty) * system;
    }

    private double statistical(int device, Past past) {
        return Double.isFinite(past.loss()) ? examples.of(device, past.askedAt()) * past.loss() : 0;
    }

    private double clip(List<Invitation> explored, FleetHistory history) {
        double[] sorted = explored.stream()
                .mapToDouble(one ->
                        statistical(one.device(), history.of(one.device()).orElseThrow()))
                .sorted()
                .toArray();
        return sorted[Math.min(sorted.length - 1, (int) (CLIP * sorted.length))];
    }

    /** ε after so many rounds. */
    double exploration(int rounds) {
        return Math.max(
                settings.explorationLeast(),
                settings.exploration() * StrictMath.pow(settings.explorationDecay(), rounds));
    }

    /** T: grown once for each window whose utility was below that of the window before. */
    double preferredSeconds(FleetHistory history) {
        int window = settings.pacerWindow();
        double preferred = settings.pacerStepSeconds();
        for (int end = 2 * window; end <= history.rounds(); end += window) {
            boolean falling = history.utility(end - 2 * window, end - window) > history.utility(end - window, end);
            preferred += falling ? settings.pacerStepSeconds() : 0;
        }
        return preferred;
    }
}
