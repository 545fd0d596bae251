package dev.starling.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.fleet.life.Availability;
import dev.starling.fleet.life.Eligibility;
import dev.starling.fleet.life.EligibleTime;
import dev.starling.fleet.life.Habits;
import dev.starling.fleet.life.OptOut;
import dev.starling.fleet.life.Region;
import dev.starling.fleet.selection.Invitation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds in every update of asynchronous training, whatever the fleet, its life, the settings and the seed. */
class AsyncLifePropertyTest {

    private static final Habits HABITS = new Habits(22.5, 7.5, 0.8, 0.3, 23.25, 7.5, 0.5, 8, 9.5, 0.85, 0.3, 0.045);
    private static final DeviceClass PHONE = new DeviceClass("phone", 0.6, 2e5, 5e3, 2e3, 0.6, 0.05);
    private static final DeviceClass OLD = new DeviceClass("old", 0.3, 3e4, 1e3, 3e2, 1.0, 0.1);
    private static final DeviceClass TINY = new DeviceClass("tiny", 0.1, 1e5, 1e3, 5e2, 0.2, 0, 1e6, Power.USUAL);
    private static final int UPDATES = 12;

    /** One drawn fleet. */
    private record Case(long seed, FleetSettings fleet, AsyncSettings settings, double deadline, Workload workload) {

        static Case of(long seed) {
            Rng rng = new Seeds(seed).of(Purpose.SAMPLE_SIZE);
            LifeSettings life = new LifeSettings(
                    List.of(new Region("a", 0.5, -300), new Region("b", 0.5, 60 * rng.nextInt(12))),
                    new AvailabilitySettings.Daily(HABITS),
                    new OptOut(0.2, 20_000),
                    Eligibility.of(rng.nextInt(2) == 0 ? "charging && idle && !opted-out" : "idle || charging"),
                    0,
                    CheckInSettings.NONE);
            int devices = 300 + rng.nextInt(1500);
            AsyncSettings settings = new AsyncSettings(1 + rng.nextInt(15), 1 + rng.nextInt(40), 0.5, 1, false);
            double deadline = rng.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : rng.uniform(60, 900);
            return new Case(
                    seed,
                    new FleetSettings(devices, Fleets.OPENING, List.of(PHONE, OLD, TINY), life),
                    settings,
                    deadline,
                    new Workload(80_000, 40_000, 20_000, 1 + rng.nextInt(5), 10, Integer.MAX_VALUE, 2e6, false));
        }

        Availability availability() {
            return Lives.availability(fleet.life(), Availability.ALWAYS, new Seeds(seed));
        }

        List<AsyncPlan> plans() {
            Seeds seeds = new Seeds(seed);
            AsyncPlanner planner = new AsyncPlanner(
                    new Fleet(fleet, seeds),
                    settings,
                    workload,
                    (device, now) -> device % 37 * 3,
                    new UniformSelector(fleet.devices(), seeds),
                    deadline,
                    new EligibleTime(availability(), fleet.life().eligible()),
                    seeds);
            List<AsyncPlan> plans = new ArrayList<>();
            SimTime now = fleet.start();
            for (int update = 1; update <= UPDATES; update++) {
                plans.add(planner.next(update, update - 1, now));
                now = plans.get(update - 1).round().closes();
            }
            return plans;
        }
    }

    @Test
    void nobodyIsAskedWhoMayNotWorkAndNobodyReportsWhoWasNotAsked() {
        int asked = 0;
        int dropOuts = 0;
        int late = 0;
        for (long seed = 0; seed < 120; seed++) {
            Case drawn = Case.of(seed);
            Map<Integer, Integer> open = new HashMap<>();
            int atWork = 0;
            SimTime before = drawn.fleet().start();
            for (AsyncPlan update : drawn.plans()) {
                RoundPlan plan = update.round();
                String name = "seed " + seed + ", update " + plan.round();
                checkAsked(name, drawn, plan);
                assertThat(plan.opens()).as(name).isEqualTo(before);
                assertThat(plan.closes()).as(name).isGreaterThanOrEqualTo(plan.opens());
                before = plan.closes();
                plan.asked().forEach(device -> open.merge(device, 1, Integer::sum));
                plan.wasted().stints().forEach(stint -> open.merge(stint.device(), -1, Integer::sum));
                plan.reporters().forEach(reporter -> open.merge(reporter.device(), -1, Integer::sum));
                // A device is at work once; reports and wasted work never exceed what was asked.
                assertThat(open.values()).as(name).allMatch(tasks -> tasks == 0 || tasks == 1);
                atWork = open.values().stream().mapToInt(Integer::intValue).sum();
                assertThat(atWork).as(name).isLessThanOrEqualTo(drawn.settings().concurrency());
                assertThat(plan.reporters()).as(name).hasSize(drawn.settings().buffer());
                asked += plan.asked().size();
                dropOuts += plan.droppedOut();
                late += plan.late();
            }
        }
        assertThat(asked).as("the cases must cover devices that are asked").isGreaterThan(5_000);
        assertThat(dropOuts).as("the cases must cover drop-outs").isGreaterThan(300);
        assertThat(late).as("the cases must cover the late").isGreaterThan(100);
    }

    private static void checkAsked(String name, Case drawn, RoundPlan plan) {
        Fleet fleet = new Fleet(drawn.fleet(), new Seeds(drawn.seed()));
        Availability availability = drawn.availability();
        for (Invitation one : plan.invitations()) {
            assertThat(fleet.profile(one.device()).className()).as(name).isNotEqualTo("tiny");
            assertThat(one.at()).as(name).isBetween(plan.opens(), plan.closes());
            assertThat(drawn.fleet()
                            .life()
                            .eligible()
                            .allows(availability.at(one.device(), one.at()).state()))
                    .as("%s, device %d at %s", name, one.device(), one.at())
                    .isTrue();
        }
    }

    @Test
    void anotherPlannerPlansTheSame() {
        for (long seed = 0; seed < 30; seed++) {
            assertThat(Case.of(seed).plans())
                    .as("seed %d", seed)
                    .isEqualTo(Case.of(seed).plans());
        }
    }
}
