package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetRulesTest {

    private static final String REGIONS = "fleet.regions { east.share = 0.5, west.share = 0.5 }\n";

    @Test
    void cohortIsPartOfTheFleet() {
        assertThat(Told.about("fleet.devices = 100\nrounds.cohort = 250"))
                .containsExactly("x.conf:2: rounds.cohort must be at most fleet.devices (100), got 250");
        assertThat(Told.about("rounds.cohort = 100")).isEmpty();
    }

    @Test
    void defaultThatDoesNotFitIsCalledADefault() {
        assertThat(Told.about("\nfleet.devices = 4"))
                .containsExactly("x.conf:2: rounds.cohort must be at most fleet.devices (4), got 10 (the default)");
    }

    @Test
    void notMoreAreAskedThanThereAre() {
        assertThat(Told.about("rounds { cohort = 90\n over-selection = 1.2 }"))
                .containsExactly("x.conf:2: rounds.over-selection × rounds.cohort must be at most fleet.devices (100),"
                        + " got 1.2 × 90 = 108");
    }

    @Test
    void whatIsAskedIsCountedAsThePlannerCountsIt() {
        // 10 × 1.1 is a little more than 11 in binary numbers.
        assertThat(Told.about("fleet.devices = 11\nrounds { cohort = 10, over-selection = 1.1 }"))
                .isEmpty();
        assertThat(Told.about("fleet.devices = 10\nrounds { cohort = 10, over-selection = 1.1 }"))
                .containsExactly("x.conf:2: rounds.over-selection × rounds.cohort must be at most fleet.devices (10),"
                        + " got 1.1 × 10 = 11");
    }

    @Test
    void minimumIsPartOfTheCohort() {
        assertThat(Told.about("rounds { cohort = 20\n minimum-reports = 21 }"))
                .containsExactly("x.conf:2: rounds.minimum-reports must be at most rounds.cohort (20), got 21");
    }

    @Test
    void sharesOfClassesAreTheWholeFleet() {
        assertThat(Told.about("fleet.classes {\n a.share = 0.5\n b.share = 0.4 }"))
                .containsExactly("x.conf:2: the shares of all fleet.classes must sum to 1, got 0.9");
        assertThat(Told.about("fleet.classes { a.share = 1/3, b.share = 1/3, c.share = 1/3 }"))
                .isEmpty();
    }

    @Test
    void fixedCohortsAreAskedAsTheyStand() {
        assertThat(Told.about("rounds { cohorts = c.npy\n over-selection = 1.5 }"))
                .containsExactly(
                        "x.conf:2: rounds.over-selection must be 1 where rounds.cohorts says who is asked, got 1.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rounds.cohort = 5 | rounds.cohort must be all | got 5",
                "rounds.over-selection = 1.5 | rounds.over-selection must be 1 | got 1.5",
                "rounds.deadline = 3 minutes | rounds.deadline must be infinite | got 180 s",
                "fleet.classes.a.drop-out = 0.1 | fleet.classes.a.drop-out must be 0 | got 0.1",
            })
    void dataParallelStepsAreForEveryDevice(String setting, String rule, String got) {
        assertThat(Told.about("algorithm.kind = data-parallel\n" + setting))
                .contains("x.conf:2: " + rule
                        + " with algorithm.kind = data-parallel, where every device takes part in every step; " + got);
    }

    @Test
    void dataParallelStepsHaveNoFixedCohorts() {
        assertThat(Told.about("algorithm.kind = data-parallel\nrounds.cohorts = c.npy"))
                .containsExactly("x.conf:2: rounds.cohorts must be left out with algorithm.kind = data-parallel,"
                        + " where every device takes part in every step");
    }

    @Test
    void tiersNeedRegions() {
        assertThat(Told.about("rounds {\n tiers.regional-rounds = 3 }"))
                .containsExactly(
                        "x.conf:2: fleet.regions must be at least 2 with rounds.tiers.regional-rounds, as each has a"
                                + " base model of its own; got 1");
        assertThat(Told.about(REGIONS + "rounds.tiers.regional-rounds = 3")).isEmpty();
    }

    @Test
    void tiersAreForRoundsWithLocalTraining() {
        assertThat(Told.about(REGIONS + "rounds.tiers.regional-rounds = 3, algorithm.kind = data-parallel"))
                .containsExactly(
                        "x.conf:2: rounds.tiers.regional-rounds must be none with algorithm.kind = data-parallel,"
                                + " where there is one base and no local training");
        assertThat(Told.about(REGIONS + "rounds { tiers.regional-rounds = 3, asynchronous.kind = fedbuff }"))
                .containsExactly(
                        "x.conf:2: rounds.tiers.regional-rounds must be none where training is asynchronous: the"
                                + " reports of a region have no round to end");
    }

    @Test
    void regionsThatOnlyTellTheTimeNeedADay() {
        assertThat(Told.about(REGIONS))
                .containsExactly(
                        "x.conf:1: fleet.availability.kind must be daily where fleet.regions have different times of day");
    }

    @Test
    void rulesOverASettingThatFailedAreNotChecked() {
        assertThat(Told.about("fleet.devices = few\nrounds.cohort = 250"))
                .containsExactly("x.conf:1: fleet.devices must be a whole number, got \"few\"");
    }
}
