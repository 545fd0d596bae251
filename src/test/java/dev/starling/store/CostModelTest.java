package dev.starling.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.store.StoragePolicy.Mode;
import dev.starling.store.VersionFacts.Link;
import dev.starling.store.VersionFacts.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostModelTest {

    private static final Rates RATES = new Rates(100e6, 1e-4, 50e6, 200e6, 100_000);

    private static StoragePolicy policy(Mode mode, double lambda) {
        return new StoragePolicy(mode, lambda, 2, 0.1, 10, 5);
    }

    private static VersionFacts housing(int chain, double parentSeconds) {
        return new VersionFacts(
                13_512,
                11_400,
                Optional.of(new Link(6_900, 0, 0)),
                Optional.of(new Link(5_000, chain, parentSeconds)),
                Optional.of(new Recipe(200, 400, new Link(0, chain, parentSeconds))));
    }

    private static Choice choose(Mode mode, double lambda, VersionFacts version) {
        return new CostModel(policy(mode, lambda), RATES).choose(version);
    }

    @Test
    void termsAreThoseOfTheClosedForm() {
        FormCost snapshot = new CostModel(policy(Mode.AUTO, 1000), RATES)
                .costs(housing(0, 0))
                .get(0);
        assertThat(snapshot.storage()).isCloseTo(1000 * 11_400 / 1e9 * 2, within(1e-15));
        assertThat(snapshot.upload()).isCloseTo(1000 * 11_400 / 1e9, within(1e-15));
        double seconds = 1e-4 + 11_400 / 100e6 + 13_512 / 200e6;
        assertThat(snapshot.recoverSeconds()).isCloseTo(seconds, within(1e-15));
        assertThat(snapshot.recovery()).isCloseTo(0.1 * seconds, within(1e-15));
        assertThat(snapshot.device()).isCloseTo(13_512 / 50e6, within(1e-15));
        FormCost replay = new CostModel(policy(Mode.AUTO, 1000), RATES)
                .costs(housing(2, 0.5))
                .get(3);
        assertThat(replay.chain()).isEqualTo(3);
        assertThat(replay.recoverSeconds()).isCloseTo(0.5 + 1e-4 + 200 / 100e6 + 0.004, within(1e-12));
        assertThat(replay.device()).isCloseTo(0.004 * 1.1, within(1e-12));
    }

    @Test
    void givenExamplesAreStoredUploadedAndReadAndTheDeviceWorksOnce() {
        long data = 5_000_000;
        VersionFacts given = new VersionFacts(
                13_512,
                11_400,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Recipe(200, OptionalLong.of(data), 400, new Link(0, 0, 0.5))));
        FormCost replay =
                new CostModel(policy(Mode.AUTO, 1000), RATES).costs(given).get(1);
        assertThat(replay.dataBytes()).isEqualTo(data);
        assertThat(replay.bytes()).isEqualTo(200 + data);
        assertThat(replay.storage()).isCloseTo(1000 * (200 + data) / 1e9 * 2, within(1e-12));
        assertThat(replay.upload()).isCloseTo(1000 * (200 + data) / 1e9, within(1e-12));
        assertThat(replay.recoverSeconds()).isCloseTo(0.5 + 1e-4 + (200 + data) / 100e6 + 0.004, within(1e-12));
        assertThat(replay.device()).isCloseTo(0.004, within(1e-12));
        assertThat(replay.toString()).contains("with 5,000,000 bytes of the device's examples");
        // Where it stays home the recipe is far cheaper than the snapshot; with so much data it is not.
        assertThat(choose(Mode.AUTO, 1e6, given).chosen().form()).isEqualTo(Form.SNAPSHOT);
        assertThat(choose(Mode.REPLAY, 1e6, given).chosen().form()).isEqualTo(Form.REPLAY);
    }

    /** Equal J of a snapshot and a delta gives λ · ΔGB · (years + 1) = P · ΔT. */
    @Test
    void theChoiceFlipsWhereTheClosedFormSays() {
        double baseSeconds = 0.02;
        VersionFacts version = new VersionFacts(
                13_512, 11_400, Optional.of(new Link(6_900, 0, baseSeconds)), Optional.empty(), Optional.empty());
        double moreSeconds = baseSeconds + (6_900 - 11_400) / 100e6;
        double flip = 0.1 * moreSeconds / ((11_400 - 6_900) / 1e9 * 3);
        assertThat(choose(Mode.AUTO, flip * 0.999, version).chosen().form()).isEqualTo(Form.SNAPSHOT);
        assertThat(choose(Mode.AUTO, flip * 1.001, version).chosen().form()).isEqualTo(Form.DELTA_TO_BASE);
    }

    @Test
    void limitsExcludeWithAReason() {
        Choice long_ = choose(Mode.AUTO, 1e9, housing(10, 0.1));
        assertThat(long_.chosen().form()).isEqualTo(Form.DELTA_TO_BASE);
        assertThat(long_.line()).contains("excluded: a chain of 11, at most 10 is allowed");
        Choice slow = choose(Mode.AUTO, 1e9, housing(1, 6));
        assertThat(slow.chosen().form()).isEqualTo(Form.DELTA_TO_BASE);
        assertThat(slow.line()).contains("at most 5.00 s is allowed").doesNotContain("\n");
    }

    @Test
    void aForcedModeIsKeptWhereItIsPossible() {
        assertThat(choose(Mode.SNAPSHOT, 1e9, housing(0, 0)).chosen().form()).isEqualTo(Form.SNAPSHOT);
        assertThat(choose(Mode.DELTA, 0, housing(0, 0)).chosen().form()).isEqualTo(Form.DELTA_TO_BASE);
        assertThat(choose(Mode.REPLAY, 0, housing(0, 0)).chosen().form()).isEqualTo(Form.REPLAY);
        assertThat(choose(Mode.REPLAY, 0, housing(10, 0)).chosen().form()).isEqualTo(Form.DELTA_TO_BASE);
        VersionFacts first = new VersionFacts(13_512, 11_400, Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(choose(Mode.REPLAY, 0, first).chosen().form()).isEqualTo(Form.SNAPSHOT);
    }

    /** Devices of all kinds, each with a history of versions: J of the whole population, one mode against another. */
    @ParameterizedTest
    @ValueSource(doubles = {10, 1_000, 100_000})
    void autoIsNeverMuchWorseThanTheBestSingleForm(double lambda) {
        for (long seed = 0; seed < 200; seed++) {
            double auto = total(Mode.AUTO, lambda, seed);
            for (Mode mode : List.of(Mode.SNAPSHOT, Mode.DELTA, Mode.REPLAY)) {
                assertThat(auto)
                        .as("seed %d against %s", seed, mode)
                        .isLessThanOrEqualTo(1.05 * total(mode, lambda, seed));
            }
        }
    }

    /** Over three λ each form must win somewhere, else the test above would show little. */
    @Test
    void everySingleFormIsBestSomewhere() {
        for (Mode mode : List.of(Mode.SNAPSHOT, Mode.DELTA, Mode.REPLAY)) {
            boolean best = false;
            for (double lambda : new double[] {0.1, 10, 1_000, 100_000}) {
                for (long seed = 0; seed < 200 && !best; seed++) {
                    best = total(mode, lambda, seed)
                            <= Math.min(
                                    total(Mode.SNAPSHOT, lambda, seed),
                                    Math.min(total(Mode.DELTA, lambda, seed), total(Mode.REPLAY, lambda, seed)));
                }
            }
            assertThat(best).as(mode.toString()).isTrue();
        }
    }

    private static double total(Mode mode, double lambda, long seed) {
        Rng rng = new Seeds(seed).of(Purpose.GENERATE_DATA);
        long model = (long) Math.pow(10, rng.uniform(3, 7));
        StoragePolicy policy = new StoragePolicy(mode, lambda, rng.uniform(0.1, 5), rng.uniform(0, 1), 8, 60);
        CostModel costs = new CostModel(policy, RATES);
        double baseSeconds = rng.nextInt(2) == 0 ? 0 : rng.uniform(0, 0.1);
        double work = Math.pow(10, rng.uniform(1, 5));
        double sum = 0;
        for (int device = 0; device < 10; device++) {
            Link start = new Link(0, 0, baseSeconds);
            double share = rng.uniform(0.01, 0.8);
            for (int version = 0; version < 12; version++) {
                long delta = (long) (model * share * (0.5 + version / 12.0));
                long parent = (long) (model * share * rng.uniform(0.3, 1));
                VersionFacts facts = new VersionFacts(
                        model,
                        (long) (0.85 * model),
                        Optional.of(new Link(Math.min(delta, model), 0, baseSeconds)),
                        version == 0
                                ? Optional.empty()
                                : Optional.of(new Link(parent, start.chain(), start.recoverSeconds())),
                        Optional.of(new Recipe(200, (long) (work * rng.uniform(0.5, 2)), start)));
                FormCost chosen = costs.choose(facts).chosen();
                sum += chosen.total();
                start = new Link(0, chosen.chain(), chosen.recoverSeconds());
            }
        }
        return sum;
    }
}
