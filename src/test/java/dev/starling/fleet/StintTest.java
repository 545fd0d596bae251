package dev.starling.fleet;

import static dev.starling.fleet.Fleets.OPENING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.DropOutReason;
import dev.starling.base.Seeds;
import dev.starling.data.TraceFile.Line;
import dev.starling.fleet.life.Eligibility;
import dev.starling.fleet.life.EligibleTime;
import dev.starling.fleet.life.TracedLife;
import dev.starling.fleet.selection.FleetHistory;
import dev.starling.metrics.Spending;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Costs of small fleets, worked out by hand. */
class StintTest {

    private static final DeviceClass PHONE =
            new DeviceClass("phone", 1, 1e6, 1000, 500, 0, 0, 5000, new Power(100, 3, 2));
    private static final FleetSettings FLEET = new FleetSettings(2, OPENING, List.of(PHONE));

    private static RoundPlanner planner(EligibleTime life, double memoryBytes) {
        Workload workload = new Workload(2000, 1000, 1000, 1, 10, Integer.MAX_VALUE, memoryBytes, false);
        return RoundPlanner.of(
                FLEET,
                Fleets.rounds(2, 1, 60, 1),
                workload,
                (device, now) -> 1000,
                Optional.empty(),
                life,
                new Seeds(1));
    }

    @Test
    void aWholeStintCostsItsRadioAndItsTraining() {
        RoundPlan plan = planner(Lives.ALWAYS_ELIGIBLE, 0).plan(1, OPENING);
        // 2 s down, 1 s of training, 2 s up: (2 + 2) s · 2 W + 1 s · 3 W, twice.
        assertThat(plan.joules()).isCloseTo(22, within(1e-9));
        assertThat(plan.wasted()).isEqualTo(new RoundPlan.Waste(0, 0, 0, List.of()));
    }

    @Test
    void bytesAreMeteredByTheNetworkOnWhichTheyGo() {
        TracedLife life = new TracedLife(
                List.of(
                        new Line("leaves home", 0, 2.5, List.of("active")),
                        new Line("leaves home", 2.5, 100, List.of("idle", "charging")),
                        new Line("comes home", 0, 2.5, List.of("idle", "charging")),
                        new Line("comes home", 2.5, 100, List.of("active"))),
                OPENING);
        RoundPlan plan =
                planner(new EligibleTime(life, Eligibility.of("charging")), 0).plan(1, OPENING, FleetHistory.none());

        // 4 s of radio at 2 W, 1 s of training at 3 W; 2000 bytes come at once, 1000 go after 3 s.
        assertThat(plan.stints())
                .extracting(Stint::device, Stint::spent)
                .containsExactlyInAnyOrder(
                        tuple(0, new Spending(3, 8, 3000, 1000, 5000)), tuple(1, new Spending(3, 8, 3000, 2000, 5000)));
        assertThat(plan.meteredBytes()).isEqualTo(3000);
    }

    @Test
    void whoMayOnlyWorkUnmeteredNeverPaysForBytes() {
        TracedLife metered = new TracedLife(List.of(new Line("away", 0, 100, List.of("idle", "charging"))), OPENING);
        assertThat(new EligibleTime(metered, Eligibility.of("charging")).metered(0, OPENING))
                .isTrue();
        assertThat(new EligibleTime(metered, Eligibility.of("idle && (unmetered || battery > 0.999)"))
                        .metered(0, OPENING))
                .isTrue();
        assertThat(new EligibleTime(metered, Eligibility.of("charging && unmetered")).metered(0, OPENING))
                .isFalse();
    }

    @Test
    void whoIsUnpluggedHalfwayIsBilledForTheHalf() {
        TracedLife life = new TracedLife(
                List.of(
                        new Line("stays", 0, 100, List.of("active")),
                        new Line("leaves", 0, 2.5, List.of("active")),
                        new Line("leaves", 2.5, 100, List.of("idle", "unmetered"))),
                OPENING);
        RoundPlan plan =
                planner(new EligibleTime(life, Eligibility.of("charging")), 0).plan(1, OPENING, FleetHistory.none());
        assertThat(plan.reporters()).extracting(Assignment::device).containsExactly(0);
        assertThat(plan.dropOuts()).containsOnly(java.util.Map.entry(DropOutReason.UNPLUGGED, 1));
        // 2 s of download at 2 W and half a second of training at 3 W; what it was sent is wasted, it sent nothing.
        assertThat(plan.wasted().joules()).isCloseTo(5.5, within(1e-9));
        assertThat(plan.wasted().stints())
                .extracting(Stint::spent)
                .containsExactly(new Spending(1.5, 4, 2000, 0, 2500));
        assertThat(plan.wasted().deviceSeconds()).isEqualTo(2.5);
        assertThat(plan.wasted().bytes()).isEqualTo(2000);
        assertThat(plan.upBytes()).isEqualTo(1000);
    }

    @Test
    void whoCannotHoldTheModelIsNeverAsked() {
        assertThat(planner(Lives.ALWAYS_ELIGIBLE, 5000).plan(1, OPENING).asked())
                .hasSize(2);
        assertThat(planner(Lives.ALWAYS_ELIGIBLE, 5001).plan(1, OPENING).asked())
                .isEmpty();
        Fleet fleet = new Fleet(
                new FleetSettings(
                        10_000,
                        OPENING,
                        List.of(
                                new DeviceClass("large", 0.7, 1, 1, 1, 0, 0, 100, Power.USUAL),
                                new DeviceClass("small", 0.3, 1, 1, 1, 0, 0, 10, Power.USUAL))),
                new Seeds(2));
        assertThat(fleet.tooSmall(10)).isZero();
        // Binomial(10000, 0.3): standard deviation 46.
        assertThat(fleet.tooSmall(11)).isBetween(2_800L, 3_200L);
        assertThat(fleet.tooSmall(101)).isEqualTo(10_000);
    }
}
