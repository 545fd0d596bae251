package dev.starling.coordinator;

import dev.starling.base.InputException;
import dev.starling.scenario.PhaseSettings;
import java.util.List;

/**
 * A run that goes on under other limits: with more rounds, or with a target that is further away or gone. It ends as if it had
 * had them from the start, so that a saved state is only as good as it would be then. Pure.
 *
 * @param before the limits that it had
 * @param now those that it goes on with
 * @param lastMerges whether the last round moves the base otherwise than any other would (tiers merge in it)
 */
public record Continuation(PhaseSettings before, PhaseSettings now, boolean lastMerges) {

    /** With the same limits. */
    public static Continuation same(PhaseSettings phases) {
        return new Continuation(phases, phases, false);
    }

    /**
     * How many of the rounds {@code done}, after which the state was saved, need not be trained again: all, or none.
     *
     * @throws InputException if the run would have ended before
     */
    int kept(String place, List<RoundOutcome> done) {
        if (before.equals(now)) {
            return done.size();
        }
        int federated = federated(before, done);
        if (federated < before.maxRounds() ? now.maxRounds() <= federated : now.maxRounds() < federated) {
            throw new InputException(
                    place,
                    "rounds.max must be above the " + federated + " rounds that are done, got " + now.maxRounds());
        }
        int reached = federated(now, done.subList(0, federated));
        if (reached < federated) {
            throw new InputException(
                    place,
                    "rounds.target was reached in round " + reached + " already, and " + federated
                            + " rounds are done; a run goes on with a target that they have not reached, or with"
                            + " rounds.target.stop = false");
        }
        boolean otherwise = federated < done.size() || (lastMerges && federated == before.maxRounds());
        return otherwise ? 0 : federated;
    }

    /** Federated rounds among {@code done} under these limits: sessions and app updates come behind them. */
    private static int federated(PhaseSettings limits, List<RoundOutcome> done) {
        int rounds = 0;
        for (RoundOutcome outcome : done) {
            if (rounds >= limits.maxRounds()) {
                return rounds;
            }
            rounds++;
            boolean due = rounds % limits.evaluateEvery() == 0 || rounds == limits.maxRounds();
            if (due
                    && limits.stopAtTarget()
                    && outcome.evaluation().map(limits::reachedBy).orElse(false)) {
                return rounds;
            }
        }
        return rounds;
    }
}
