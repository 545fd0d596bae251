package dev.starling.fleet;

import static dev.starling.fleet.Fleets.OPENING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What holds for every plan, whatever the fleet, the settings and the seed. */
class RoundPlanPropertyTest {

    private static final DeviceClass PHONE = new DeviceClass("phone", 0.7, 2e6, 5e4, 2e4, 0.6, 0.1);
    private static final DeviceClass OLD = new DeviceClass("old", 0.3, 3e5, 1e4, 3e3, 1.0, 0.3);

    @Test
    void everyPlanAddsUp() {
        int abandoned = 0;
        int partial = 0;
        for (long seed = 0; seed < 400; seed++) {
            Rng rng = new Seeds(seed).of(Purpose.SAMPLE_SIZE);
            Fleet fleet = Fleets.of(1 + rng.nextInt(80), seed, PHONE, OLD);
            int cohort = 1 + rng.nextInt(fleet.devices());
            double deadline = rng.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : rng.uniform(0.5, 30);
            RoundSettings rounds = Fleets.rounds(cohort, rng.uniform(1, 2), deadline, 1 + rng.nextInt(cohort));
            Workload workload =
                    new Workload(8000, 4000, 20_000, 1 + rng.nextInt(5), rng.nextInt(30), rng.nextInt(2) == 0);
            int most = 1 + rng.nextInt(200);
            RoundPlanner planner = Fleets.planner(fleet, rounds, workload, device -> (device * 31 + 7) % most, seed);
            SimTime now = OPENING;
            for (int round = 1; round <= 5; round++) {
                RoundPlan plan = planner.plan(round, now);
                new PlanCheck("seed " + seed + ", round " + round, plan, rounds, workload).check();
                assertThat(planner.plan(round, now)).isEqualTo(plan);
                assertThat(plan.closes()).isGreaterThanOrEqualTo(now);
                now = plan.closes();
                abandoned += plan.abandoned() ? 1 : 0;
                partial += plan.reporters().stream().anyMatch(a -> a.steps() < workload.steps(a.examples())) ? 1 : 0;
            }
        }
        assertThat(abandoned).as("the settings must cover abandoned rounds").isGreaterThan(20);
        assertThat(partial).as("the settings must cover partial work").isGreaterThan(20);
    }

    private record PlanCheck(String name, RoundPlan plan, RoundSettings rounds, Workload workload) {

        void check() {
            var reporters = plan.reporters().stream().map(Assignment::device).toList();
            assertThat(plan.asked()).as(name).doesNotHaveDuplicates().containsAll(reporters);
            assertThat(reporters).as(name).isSorted().doesNotHaveDuplicates();
            assertThat(reporters.size()).as(name).isLessThanOrEqualTo(rounds.cohort());
            assertThat(reporters.size() + plan.late() + plan.droppedOut() + plan.declined())
                    .as(name)
                    .isEqualTo(plan.asked().size());
            if (plan.abandoned()) {
                assertThat(reporters).as(name).isEmpty();
            } else {
                assertThat(reporters.size()).as(name).isGreaterThanOrEqualTo(rounds.minimumReports());
            }
            for (Assignment assignment : plan.reporters()) {
                assertThat(assignment.reportsAt()).as(name).isBetween(plan.opens(), plan.closes());
                assertThat(assignment.steps()).as(name).isBetween(1, workload.steps(assignment.examples()));
                assertThat(workload.partialWork() || assignment.steps() == workload.steps(assignment.examples()))
                        .as(name)
                        .isTrue();
            }
            int took = plan.asked().size() - plan.declined();
            assertThat((double) plan.closes().millisSince(plan.opens()))
                    .as(name)
                    .isLessThanOrEqualTo(rounds.deadlineSeconds() * 1000);
            assertThat(plan.downBytes()).as(name).isEqualTo(took * workload.downBytes());
            assertThat(plan.upBytes()).as(name).isEqualTo((took - plan.droppedOut()) * workload.upBytes());
            assertThat(plan.wastedDeviceSeconds()).as(name).isNotNegative();
        }
    }

    @Test
    void aPlanCostsItsCohortAndNotTheFleet() {
        Fleet fleet = Fleets.of(1_000_000, 3, PHONE, OLD);
        int[] counted = new int[1];
        RoundPlanner planner = Fleets.planner(
                fleet,
                Fleets.rounds(1000, 1.3, 600, 100),
                Fleets.WORKLOAD,
                device -> {
                    counted[0]++;
                    return 50;
                },
                3);
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            for (int round = 1; round <= 100; round++) {
                planner.plan(round, OPENING);
            }
        });
        assertThat(counted[0]).isEqualTo(100 * 1300);
    }
}
