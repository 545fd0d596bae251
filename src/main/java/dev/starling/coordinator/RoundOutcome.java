package dev.starling.coordinator;

import dev.starling.aggregate.ExactScalar;
import dev.starling.aggregate.FoldTotals;
import dev.starling.aggregate.Rejection;
import dev.starling.fleet.Assignment;
import dev.starling.fleet.RoundPlan;
import dev.starling.metrics.RoundRecord;
import dev.starling.model.Evaluation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a committed round brought that its plan does not tell: with it a round can be committed again without training.
 *
 * @param closesMillis fleet time at which it closed; with {@code counted} and {@code version} it shows that a plan is
 *     this round's
 * @param counted reports that counted
 * @param version of the global base after it
 * @param losses mean loss of each counted device, in order of their ids; empty if nobody wants to know
 * @param norm of the global base's change
 */
record RoundOutcome(
        int round,
        long closesMillis,
        int counted,
        int version,
        List<Rejection> rejections,
        ExactScalar lossSum,
        ExactScalar deviceLossSum,
        List<Double> losses,
        long steps,
        long examples,
        double norm,
        Optional<Evaluation> evaluation,
        Measured measured) {

    RoundOutcome {
        rejections = List.copyOf(rejections);
        losses = List.copyOf(losses);
    }

    /** Of a round that has just been committed. */
    static RoundOutcome of(RoundPlan plan, FoldTotals totals, RoundRecord committed) {
        return new RoundOutcome(
                committed.round(),
                plan.closes().epochMillis(),
                totals.devices().size(),
                committed.version(),
                totals.rejections(),
                totals.lossSum(),
                totals.deviceLossSum(),
                totals.deviceLosses(),
                totals.steps(),
                totals.examples(),
                committed.deltaNorm(),
                committed.evaluation(),
                new Measured(committed.wallSeconds(), committed.trainSeconds(), committed.nodeBytes()));
    }

    /** What the sum of the round was made of; throws IllegalStateException if {@code plan} is not its plan. */
    FoldTotals totals(RoundPlan plan) {
        Set<Integer> rejected = rejections.stream().map(Rejection::device).collect(Collectors.toSet());
        List<Integer> devices = plan.reporters().stream()
                .map(Assignment::device)
                .filter(device -> !rejected.contains(device))
                .sorted()
                .toList();
        if (plan.round() != round || plan.closes().epochMillis() != closesMillis || devices.size() != counted) {
            throw new IllegalStateException("round " + round + " was planned otherwise when it ran: it closed at "
                    + closesMillis + " with " + counted + " reports, now round " + plan.round() + " closes at "
                    + plan.closes().epochMillis() + " with " + devices.size());
        }
        return new FoldTotals(devices, rejections, lossSum, deviceLossSum, losses, steps, examples);
    }
}
