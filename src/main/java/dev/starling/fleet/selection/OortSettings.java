package dev.starling.fleet.selection;

/**
 * Parameters of Oort, in the paper's words.
 *
 * @param exploration ε of the first round: share of the cohort that never worked before, 0 to 1
 * @param explorationDecay factor on ε each round, above 0 to 1
 * @param explorationLeast ε stays at least this
 * @param penalty α: how hard a device slower than the preferred duration is punished, ≥ 0
 * @param pacerStepSeconds Δ: the preferred duration at first, and what it grows by when utility falls; above 0
 * @param pacerWindow W: rounds between looks at the utility, at least 1
 * @param cutOff c: devices with less than this share of the marginal utility are not considered, 0 to 1
 */
public record OortSettings(
        double exploration,
        double explorationDecay,
        double explorationLeast,
        double penalty,
        double pacerStepSeconds,
        int pacerWindow,
        double cutOff) {

    /** Section 7.1 of the paper; the pacer's step depends on the fleet. */
    public static final OortSettings PAPER = new OortSettings(0.9, 0.98, 0.2, 2, 30, 20, 0.95);
}
