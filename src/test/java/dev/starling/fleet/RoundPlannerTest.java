package dev.starling.fleet;

import static dev.starling.fleet.Fleets.OPENING;
import static dev.starling.fleet.Fleets.STEADY;
import static dev.starling.fleet.Fleets.WORKLOAD;
import static dev.starling.fleet.Fleets.planner;
import static dev.starling.fleet.Fleets.rounds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans of small fleets, worked out by hand. */
class RoundPlannerTest {

    private static final double NO_DEADLINE = Double.POSITIVE_INFINITY;

    @Test
    void aReportTakesDownloadTrainingAndUpload() {
        Workload workload = new Workload(2000, 1000, 1000, 3, 10, false);
        RoundPlan plan = planner(Fleets.of(1, 1, STEADY), rounds(1, 1, NO_DEADLINE, 1), workload, d -> 25, 1)
                .plan(1, OPENING);
        // 2000 B ÷ 1000 B/s + 3 · 25 · 1000 flops ÷ 1e6 flops/s + 1000 B ÷ 500 B/s = 2 + 0.075 + 2 s.
        assertThat(plan.reporters()).containsExactly(new Assignment(0, 25, 9, OPENING.plusMillis(4075)));
        assertThat(plan.closes()).isEqualTo(OPENING.plusMillis(4075));
        assertThat(plan.downBytes()).isEqualTo(2000);
        assertThat(plan.upBytes()).isEqualTo(1000);
        assertThat(plan.wastedDeviceSeconds()).isZero();
        assertThat(plan.totalSteps()).isEqualTo(9);
        assertThat(plan.totalExamples()).isEqualTo(25);
    }

    @Test
    void theRoundClosesWithTheLastReportNeededAndBillsTheRest() {
        // Device d has (d + 1) · 100 examples and reports after 4 + (d + 1) · 0.1 s; all four are asked, two needed.
        RoundPlan plan = planner(Fleets.of(4, 1, STEADY), rounds(2, 2, NO_DEADLINE, 1), WORKLOAD, d -> (d + 1) * 100, 5)
                .plan(1, OPENING);
        assertThat(plan.asked()).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(plan.reporters()).extracting(Assignment::device).containsExactly(0, 1);
        assertThat(plan.closes()).isEqualTo(OPENING.plusMillis(4200));
        assertThat(plan.late()).isEqualTo(2);
        assertThat(plan.upBytes()).isEqualTo(4000);
        assertThat(plan.downBytes()).isEqualTo(8000);
        assertThat(plan.wastedDeviceSeconds()).isEqualTo(8.7);
    }

    @Test
    void stragglersMissTheDeadlineWithoutPartialWork() {
        RoundPlan plan = planner(Fleets.of(4, 1, STEADY), rounds(4, 1, 4.2, 2), WORKLOAD, d -> (d + 1) * 100, 5)
                .plan(1, OPENING);
        assertThat(plan.reporters()).extracting(Assignment::device).containsExactly(0, 1);
        assertThat(plan.late()).isEqualTo(2);
        assertThat(plan.closes()).isEqualTo(OPENING.plusMillis(4200));
        assertThat(plan.abandoned()).isFalse();
    }

    @Test
    void stragglersReportTheStepsThatFitWithPartialWork() {
        Workload partial = new Workload(2000, 1000, 1000, 1, 40, true);
        RoundPlan plan = planner(Fleets.of(4, 1, STEADY), rounds(4, 1, 4.2, 2), partial, d -> (d + 1) * 100, 5)
                .plan(1, OPENING);
        // 200 ms of training: 100 and 200 examples in all, of 300 and 400 the first 5 batches of 40.
        assertThat(plan.reporters()).extracting(Assignment::steps).containsExactly(3, 5, 5, 5);
        assertThat(plan.reporters()).extracting(Assignment::examples).containsExactly(100, 200, 300, 400);
        assertThat(plan.late()).isZero();
        assertThat(plan.closes()).isEqualTo(OPENING.plusMillis(4200));
    }

    @Test
    void aDeviceThatFitsNoStepIsLateEvenWithPartialWork() {
        Workload partial = new Workload(2000, 1000, 1000, 1, 40, true);
        RoundPlan plan = planner(Fleets.of(2, 1, STEADY), rounds(2, 1, 4.03, 1), partial, d -> d == 0 ? 30 : 400, 5)
                .plan(1, OPENING);
        assertThat(plan.reporters()).extracting(Assignment::device).containsExactly(0);
        assertThat(plan.late()).isEqualTo(1);
        assertThat(plan.wastedDeviceSeconds()).isEqualTo(4.04);
    }

    @Test
    void tooFewReportsAbandonTheRoundAtItsDeadline() {
        RoundPlan plan = planner(Fleets.of(4, 1, STEADY), rounds(4, 1, 4.2, 3), WORKLOAD, d -> (d + 1) * 100, 5)
                .plan(1, OPENING);
        assertThat(plan.abandoned()).isTrue();
        assertThat(plan.reporters()).isEmpty();
        assertThat(plan.late()).isEqualTo(4);
        assertThat(plan.closes()).isEqualTo(OPENING.plusMillis(4200));
        assertThat(plan.wastedDeviceSeconds()).isEqualTo(17.0);
    }

    @Test
    void devicesWithoutExamplesDeclineAndCostNothing() {
        RoundPlan plan = planner(Fleets.of(3, 1, STEADY), rounds(3, 1, 60, 1), WORKLOAD, d -> d == 1 ? 0 : 100, 5)
                .plan(1, OPENING);
        assertThat(plan.reporters()).extracting(Assignment::device).containsExactly(0, 2);
        assertThat(plan.declined()).isEqualTo(1);
        assertThat(plan.downBytes()).isEqualTo(4000);
        // Whoever declines says so at once: the round need not wait for its deadline.
        assertThat(plan.closes()).isEqualTo(OPENING.plusMillis(4100));
    }

    @Test
    void dropOutsDownloadAndWorkButNeverReport() {
        DeviceClass flaky = new DeviceClass("flaky", 1, 1e6, 1000, 500, 0, 0.3);
        RoundPlan plan = planner(Fleets.of(2000, 1, flaky), rounds(2000, 1, 60, 1), WORKLOAD, d -> 100, 5)
                .plan(1, OPENING);
        // Binomial(2000, 0.3): standard deviation 20.5.
        assertThat(plan.droppedOut()).isBetween(510, 690);
        assertThat(plan.reporters()).hasSize(2000 - plan.droppedOut());
        assertThat(plan.downBytes()).isEqualTo(2000 * 2000);
        assertThat(plan.upBytes()).isEqualTo(plan.reporters().size() * 1000L);
        // On average half of 4.1 s each.
        assertThat(plan.wastedDeviceSeconds() / plan.droppedOut()).isBetween(1.8, 2.3);
        assertThat(plan.closes()).isEqualTo(OPENING.plusMillis(60_000));
    }

    @Test
    void withoutADeadlineARoundEndsWithTheLastReport() {
        DeviceClass flaky = new DeviceClass("flaky", 1, 1e6, 1000, 500, 0, 0.5);
        RoundPlan plan = planner(Fleets.of(20, 1, flaky), rounds(20, 1, NO_DEADLINE, 1), WORKLOAD, d -> 100, 5)
                .plan(1, OPENING);
        assertThat(plan.droppedOut()).isPositive();
        assertThat(plan.closes()).isEqualTo(OPENING.plusMillis(4100));
    }

    @Test
    void aRoundWithoutReportsLastsUntilItsLastDeviceHasDroppedOut() {
        DeviceClass hopeless = new DeviceClass("hopeless", 1, 1e6, 1000, 500, 0, 1);
        RoundPlan plan = planner(Fleets.of(5, 1, hopeless), rounds(5, 1, NO_DEADLINE, 1), WORKLOAD, d -> 100, 5)
                .plan(1, OPENING);
        assertThat(plan.abandoned()).isTrue();
        SimTime last =
                plan.stints().stream().map(Stint::to).max(SimTime::compareTo).orElseThrow();
        assertThat(last).isGreaterThan(OPENING);
        assertThat(plan.closes()).isEqualTo(last);
    }

    @Test
    void whoDropsOutAfterTheLastReportKeepsARoundWithoutADeadlineOpen() {
        // Half of them drop out, at any point of 4.1 s to 5 s of work; reports of the quick ones are in after 4.1 s.
        DeviceClass flaky = new DeviceClass("flaky", 1, 1e6, 1000, 500, 0, 0.5);
        RoundPlan plan = planner(
                        Fleets.of(60, 1, flaky), rounds(60, 1, NO_DEADLINE, 1), WORKLOAD, d -> d < 10 ? 100 : 900, 5)
                .plan(1, OPENING);
        SimTime last =
                plan.stints().stream().map(Stint::to).max(SimTime::compareTo).orElseThrow();
        assertThat(plan.closes()).isEqualTo(last);
        assertThat(plan.abandoned()).isFalse();
    }

    @Test
    void aRoundThatNobodyTakesLastsTenMinutesOrToItsDeadline() {
        assertThat(planner(Fleets.of(3, 1, STEADY), rounds(3, 1, NO_DEADLINE, 1), WORKLOAD, d -> 0, 5)
                        .plan(1, OPENING)
                        .closes())
                .isEqualTo(OPENING.plusMillis(600_000));
        assertThat(planner(Fleets.of(3, 1, STEADY), rounds(3, 1, 60, 1), WORKLOAD, d -> 0, 5)
                        .plan(1, OPENING)
                        .closes())
                .isEqualTo(OPENING.plusMillis(60_000));
    }

    @Test
    void wasteIsSummedOverTheWasteAndNeverNegative() {
        DeviceClass mixed = new DeviceClass("mixed", 1, 3.3e5, 777, 333, 0.7, 0);
        for (long seed = 0; seed < 200; seed++) {
            RoundPlan plan = planner(
                            Fleets.of(20, seed, mixed), rounds(20, 1, NO_DEADLINE, 1), WORKLOAD, d -> d + 1, seed)
                    .plan(1, OPENING);
            assertThat(plan.wasted()).as("seed %d", seed).isEqualTo(new RoundPlan.Waste(0, 0, 0, List.of()));
        }
    }

    @Test
    void whoWasSelectedFirstIsCountedFirstWhenReportsArriveTogether() {
        CohortSelector selector = (round, count) -> List.of(3, 0, 2, 1);
        RoundPlan plan = new RoundPlanner(
                        Fleets.of(4, 1, STEADY),
                        rounds(2, 2, NO_DEADLINE, 1),
                        WORKLOAD,
                        (device, now) -> 100,
                        selector,
                        new Seeds(1))
                .plan(1, OPENING);
        assertThat(plan.reporters()).extracting(Assignment::device).containsExactly(0, 3);
    }

    @Test
    void overSelectionRoundsUpButNotForBinaryDust() {
        Fleet fleet = Fleets.of(100, 1, STEADY);
        assertThat(planner(fleet, rounds(10, 1.1, 60, 1), WORKLOAD, d -> 1, 1).askedCount())
                .isEqualTo(11);
        assertThat(planner(fleet, rounds(10, 1.11, 60, 1), WORKLOAD, d -> 1, 1).askedCount())
                .isEqualTo(12);
        assertThat(planner(fleet, rounds(90, 1.5, 60, 1), WORKLOAD, d -> 1, 1).askedCount())
                .isEqualTo(100);
    }
}
