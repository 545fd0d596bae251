package dev.starling.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.fleet.life.Eligibility;
import dev.starling.fleet.life.OptOut;
import dev.starling.fleet.life.Region;
import dev.starling.fleet.selection.FleetHistory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckInTest {

    private static FleetSettings fleet(boolean steered) {
        return new FleetSettings(
                36_000,
                Fleets.OPENING,
                List.of(Fleets.STEADY),
                new LifeSettings(
                        List.of(Region.UTC),
                        new AvailabilitySettings.Always(),
                        OptOut.NOBODY,
                        Eligibility.ALWAYS,
                        0,
                        new CheckInSettings(3600, steered, 20)));
    }

    private static RoundPlanner planner(FleetSettings fleet) {
        return RoundPlanner.of(
                fleet,
                new RoundSettings(100, 1, 60, 1, 56, Optional.empty(), Optional.empty()),
                Fleets.WORKLOAD,
                (device, now) -> 10,
                Optional.empty(),
                Lives.ALWAYS_ELIGIBLE,
                new Seeds(3));
    }

    private static Map<String, Long> run(boolean steered, int rounds) {
        FleetSettings fleet = fleet(steered);
        RoundPlanner planner = planner(fleet);
        FleetHistory history = FleetHistory.none();
        SimTime now = fleet.start();
        long served = 0;
        long refused = 0;
        for (int round = 1; round <= rounds; round++) {
            RoundPlan plan = planner.plan(round, now, history);
            assertThat(plan.asked()).hasSize(100);
            served += plan.checkInsServed();
            refused += plan.checkInsRefused();
            plan.nextPace().ifPresent(history::note);
            now = plan.closes().plusMillis(planner.pauseMillis());
        }
        return new HashMap<>(
                Map.of("served", served, "refused", refused, "seconds", now.millisSince(fleet.start()) / 1000));
    }

    /** 36,000 devices once an hour are 10 a second: a hundred of them come in ten seconds. */
    @Test
    void withoutSteeringDevicesComeAtTheirOwnPace() {
        RoundPlan plan = planner(fleet(false)).plan(1, Fleets.OPENING);
        assertThat(plan.invitations().get(99).at().millisSince(Fleets.OPENING)).isEqualTo(9_900);
        Map<String, Long> figures = run(false, 20);
        assertThat(figures.getOrDefault("served", 0L) + figures.getOrDefault("refused", 0L))
                .isCloseTo(10 * figures.getOrDefault("seconds", 0L), within(200L));
    }

    @Test
    void steeringSendsAwayFewMoreThanRoundsNeed() {
        Map<String, Long> figures = run(true, 40);
        assertThat(figures.get("served")).isEqualTo(4_000);
        // The first round learns the pace; later ones turn away about 30 %.
        assertThat(figures.getOrDefault("refused", 0L)).isLessThan(2_500);
        assertThat(run(false, 40).getOrDefault("refused", 0L)).isGreaterThan(15_000);
    }

    @Test
    void everybodyComesOnceBeforeAnybodyComesTwice() {
        FleetSettings fleet = fleet(false);
        RoundPlanner planner = planner(fleet);
        FleetHistory history = FleetHistory.none();
        Map<Integer, Integer> asked = new HashMap<>();
        SimTime now = fleet.start();
        for (int round = 1; now.millisSince(fleet.start()) < 3_590_000; round++) {
            RoundPlan plan = planner.plan(round, now, history);
            plan.asked().forEach(device -> asked.merge(device, 1, Integer::sum));
            plan.nextPace().ifPresent(history::note);
            now = plan.closes().plusMillis(planner.pauseMillis());
        }
        assertThat(asked.size()).isGreaterThan(4_000);
        // The last round may reach into the second hour.
        assertThat(asked.values().stream().filter(times -> times > 1).count()).isLessThan(100);
    }
}
