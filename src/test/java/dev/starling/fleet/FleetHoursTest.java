package dev.starling.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.TraceFile.Line;
import dev.starling.fleet.life.Availability;
import dev.starling.fleet.life.Eligibility;
import dev.starling.fleet.life.EligibleTime;
import dev.starling.fleet.life.TracedLife;
import dev.starling.metrics.FleetHour;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetHoursTest {

    /** On the hour. */
    private static final SimTime START = new SimTime(1_000_000_800_000L);

    private static final long HOUR = 3_600_000L;

    private static FleetHours hours(int devices, EligibleTime life) {
        FleetSettings fleet = new FleetSettings(devices, START, List.of(Fleets.STEADY));
        Seeds seeds = new Seeds(1);
        return new FleetHours(fleet, new Askable(new Fleet(fleet, seeds), Fleets.WORKLOAD, life, 0), seeds);
    }

    @Test
    void everyHourIsGivenOnceWithTheWorkDoneInIt() {
        FleetHours hours = hours(4, Lives.ALWAYS_ELIGIBLE);
        FleetSettings fleet = new FleetSettings(4, START, List.of(Fleets.STEADY));
        // 4.01 s of 4 devices at the very end of the first hour: 2 s in it, 2.01 s in the second.
        SimTime late = START.plusMillis(HOUR - 2_000);
        hours.note(RoundPlanner.of(
                        fleet,
                        Fleets.rounds(4, 1, 60, 1),
                        Fleets.WORKLOAD,
                        (device, now) -> 10,
                        Optional.empty(),
                        Lives.ALWAYS_ELIGIBLE,
                        new Seeds(1))
                .plan(1, late));
        assertThat(hours.over(late)).isEmpty();
        assertThat(hours.over(START.plusMillis(HOUR + 10_000)))
                .containsExactly(new FleetHour(START, 3600, 4, false, 4 * 2.0 / 3600));
        // The run ends 20 s into the second hour: its mean is over those.
        assertThat(hours.last(START.plusMillis(HOUR + 20_000)))
                .containsExactly(new FleetHour(START.plusMillis(HOUR), 20, 4, false, 0.402));
        assertThat(hours.last(START.plusMillis(HOUR + 20_000))).isEmpty();
    }

    @Test
    void largeFleetsAreEstimated() {
        Availability third = new TracedLife(
                List.of(
                        new Line("a", 0, 7200, List.of("charging")),
                        new Line("b", 0, 7200, List.of("idle")),
                        new Line("c", 0, 7200, List.of("idle"))),
                START);
        FleetHours hours = hours(3_000_000, new EligibleTime(third, Eligibility.of("charging")));
        assertThat(hours.sampled()).isTrue();
        // Of 10,000 sampled a third, standard deviation 47 of them.
        assertThat(hours.eligible(START) / 1e6).isCloseTo(1, within(0.06));
    }
}
