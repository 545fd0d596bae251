package dev.starling.store;

import dev.starling.store.VersionFacts.Link;
import dev.starling.store.VersionFacts.Recipe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What it costs to keep a version, and which form is cheapest. All terms are seconds:
 *
 * <pre>
 * J = λ · GB · years      storage: λ seconds for each gigabyte kept a year
 *   + λ · GB              upload: a gigabyte sent is worth as much as one kept for a year
 *   + P · T               recovery: expected recoveries times what one takes
 *   + D                   device: what the device works to make the form, and expects to work to recover it
 * </pre>
 *
 * λ is {@link StoragePolicy#secondsPerGigabyte}. J/λ is the same cost in gigabytes. T of a delta is that of the other model and
 * a read and decoding; T of a replay that of its start, a read of the recipe and the training. D of a snapshot or delta is
 * the encoding; of a replay the training, once to see that it gives the same bits and P times to recover: the device works
 * while whoever recovers waits, so the seconds count for both. Where devices have given their data away, so that a recipe is
 * executed centrally, the data's bytes are stored, uploaded and read with the recipe, and the device works once only.
 */
public final class CostModel {

    private static final double GIGABYTE = 1e9;
    private static final int NEVER = Integer.MAX_VALUE;

    private final StoragePolicy policy;
    private final Rates rates;

    public CostModel(StoragePolicy policy, Rates rates) {
        this.policy = policy;
        this.rates = rates;
    }

    /**
     * The cheapest form that the policy allows. A snapshot is always allowed, also where it takes longer than the policy's
     * recovery time: nothing is faster to recover than what needs no other version.
     */
    public Choice choose(VersionFacts version) {
        List<FormCost> costs = costs(version);
        FormCost chosen = costs.stream()
                .filter(cost -> cost.excluded().isEmpty())
                .min(Comparator.comparingInt((FormCost cost) -> rank(cost.form()))
                        .thenComparingDouble(FormCost::total))
                .orElseThrow();
        return new Choice(chosen, costs);
    }

    /** Every form that {@code version} can be kept in, the snapshot first. */
    public List<FormCost> costs(VersionFacts version) {
        List<FormCost> costs = new ArrayList<>();
        costs.add(cost(
                Form.SNAPSHOT,
                version.snapshotBytes(),
                0,
                rates.secondsToRead(version.snapshotBytes(), version.modelBytes()),
                version.modelBytes() / rates.encodeBytesPerSecond(),
                0));
        version.base().ifPresent(link -> costs.add(delta(Form.DELTA_TO_BASE, version, link)));
        version.parent().ifPresent(link -> costs.add(delta(Form.DELTA_TO_PARENT, version, link)));
        version.replay().ifPresent(recipe -> costs.add(replay(recipe)));
        return List.copyOf(costs);
    }

    private FormCost delta(Form form, VersionFacts version, Link link) {
        return cost(
                form,
                link.bytes(),
                link.chain() + 1,
                link.recoverSeconds() + rates.secondsToRead(link.bytes(), version.modelBytes()),
                version.modelBytes() / rates.encodeBytesPerSecond(),
                0);
    }

    private FormCost replay(Recipe recipe) {
        double training = recipe.examples() / rates.trainingExamplesPerSecond();
        return cost(
                Form.REPLAY,
                recipe.keptBytes(),
                recipe.start().chain() + 1,
                recipe.start().recoverSeconds() + rates.secondsToRead(recipe.keptBytes(), 0) + training,
                recipe.data().isPresent() ? training : training * (1 + policy.recoverProbability()),
                recipe.data().orElse(0));
    }

    private FormCost cost(Form form, long bytes, int chain, double recoverSeconds, double device, long dataBytes) {
        double upload = policy.secondsPerGigabyte() * bytes / GIGABYTE;
        return new FormCost(
                form,
                bytes,
                dataBytes,
                chain,
                recoverSeconds,
                upload * policy.years(),
                upload,
                policy.recoverProbability() * recoverSeconds,
                device,
                excluded(form, chain, recoverSeconds));
    }

    private Optional<String> excluded(Form form, int chain, double recoverSeconds) {
        if (form == Form.SNAPSHOT) {
            return Optional.empty();
        } else if (chain > policy.longestChain()) {
            return Optional.of("a chain of " + chain + ", at most " + policy.longestChain() + " is allowed");
        } else if (recoverSeconds > policy.recoverySeconds()) {
            return Optional.of(String.format(
                    "a recovery of %.3g s, at most %.3g s is allowed", recoverSeconds, policy.recoverySeconds()));
        } else if (rank(form) == NEVER) {
            return Optional.of("the policy is " + policy.mode());
        }
        return Optional.empty();
    }

    /** What the policy's mode prefers, whatever it costs: the lowest. */
    private int rank(Form form) {
        return switch (policy.mode()) {
            case AUTO -> 0;
            case SNAPSHOT -> form == Form.SNAPSHOT ? 0 : NEVER;
            case DELTA -> rank(form, List.of(Form.DELTA_TO_BASE, Form.SNAPSHOT));
            case REPLAY -> rank(form, List.of(Form.REPLAY, Form.DELTA_TO_BASE, Form.SNAPSHOT));
        };
    }

    private static int rank(Form form, List<Form> preferred) {
        int rank = preferred.indexOf(form);
        return rank < 0 ? NEVER : rank;
    }
}
