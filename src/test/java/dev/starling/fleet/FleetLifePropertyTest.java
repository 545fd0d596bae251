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
import dev.starling.fleet.selection.FleetHistory;
import dev.starling.fleet.selection.Invitation;
import dev.starling.fleet.selection.OortSettings;
import dev.starling.fleet.selection.SelectionSettings;
import dev.starling.fleet.selection.SelectionSettings.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds in every round of every fleet that has a life of its own, whatever the strategy and the seed. */
class FleetLifePropertyTest {

    private static final Habits HABITS = new Habits(22.5, 7.5, 0.8, 0.3, 23.25, 7.5, 0.5, 8, 9.5, 0.85, 0.3, 0.045);
    private static final DeviceClass PHONE = new DeviceClass("phone", 0.6, 2e5, 5e3, 2e3, 0.6, 0.05);
    private static final DeviceClass OLD = new DeviceClass("old", 0.3, 3e4, 1e3, 3e2, 1.0, 0.1);
    private static final DeviceClass TINY = new DeviceClass("tiny", 0.1, 1e5, 1e3, 5e2, 0.2, 0, 1e6, Power.USUAL);
    private static final int ROUNDS = 6;

    /** One drawn fleet. */
    private record Case(long seed, FleetSettings fleet, RoundSettings rounds, Workload workload) {

        static Case of(long seed) {
            Rng rng = new Seeds(seed).of(Purpose.SAMPLE_SIZE);
            List<Kind> kinds = List.of(Kind.values());
            Kind kind = kinds.get(rng.nextInt(kinds.size()));
            boolean checkIn = kind != Kind.ROUND_ROBIN && rng.nextInt(2) == 0;
            LifeSettings life = new LifeSettings(
                    List.of(new Region("a", 0.5, -300), new Region("b", 0.5, 60 * rng.nextInt(12))),
                    new AvailabilitySettings.Daily(HABITS),
                    new OptOut(0.2, 20_000),
                    Eligibility.of(
                            rng.nextInt(2) == 0
                                    ? "charging && unmetered && idle && battery > 0.3 && !opted-out"
                                    : "(idle || charging) && battery > 0.2"),
                    rng.nextInt(2) == 0 ? 0 : 7200,
                    checkIn
                            ? new CheckInSettings(600 + rng.nextInt(3000), rng.nextInt(2) == 0, 60)
                            : CheckInSettings.NONE);
            int devices = 200 + rng.nextInt(3000);
            int cohort = 1 + rng.nextInt(30);
            double deadline = rng.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : rng.uniform(20, 900);
            RoundSettings rounds = new RoundSettings(
                    cohort,
                    rng.uniform(1, 2),
                    deadline,
                    1 + rng.nextInt(cohort),
                    rng.nextInt(600),
                    Optional.empty(),
                    Optional.empty(),
                    new SelectionSettings(kind, 1 + rng.nextInt(4), OortSettings.PAPER),
                    Optional.empty());
            Workload workload = new Workload(
                    80_000, 40_000, 20_000, 1 + rng.nextInt(5), 10, Integer.MAX_VALUE, 2e6, rng.nextInt(2) == 0);
            return new Case(
                    seed,
                    new FleetSettings(devices, Fleets.OPENING, List.of(PHONE, OLD, TINY), life),
                    rounds,
                    workload);
        }

        Availability availability() {
            return Lives.availability(fleet.life(), Availability.ALWAYS, new Seeds(seed));
        }

        RoundPlanner planner() {
            return RoundPlanner.of(
                    fleet,
                    rounds,
                    workload,
                    (device, now) -> device % 37 * 3,
                    Optional.empty(),
                    new EligibleTime(availability(), fleet.life().eligible()),
                    new Seeds(seed));
        }

        FleetHistory history() {
            return FleetHistory.of(rounds.selection(), fleet.life().coolDownSeconds());
        }
    }

    private static void note(FleetHistory history, RoundPlan plan) {
        history.note(
                plan.round(),
                plan.invitations(),
                plan.stints().stream()
                        .filter(stint -> plan.reporters().stream().anyMatch(a -> a.device() == stint.device()))
                        .map(stint -> new FleetHistory.Report(
                                stint.device(), stint.millis() / 1000.0, 1.0 / (1 + stint.device()), stint.examples()))
                        .toList());
        plan.nextPace().ifPresent(history::note);
    }

    @Test
    void nobodyIsAskedWhoMayNotWorkAndEverythingAddsUp() {
        int dropOuts = 0;
        int asked = 0;
        int refusedCheckIns = 0;
        for (long seed = 0; seed < 150; seed++) {
            Case drawn = Case.of(seed);
            RoundPlanner planner = drawn.planner();
            FleetHistory history = drawn.history();
            Map<Integer, SimTime> lastAsked = new HashMap<>();
            SimTime now = drawn.fleet().start();
            for (int round = 1; round <= ROUNDS; round++) {
                RoundPlan plan = planner.plan(round, now, history);
                String name = "seed " + seed + ", round " + round;
                checkAsked(name, drawn, plan, lastAsked);
                checkStints(name, drawn, plan);
                assertThat(plan.opens()).as(name).isGreaterThanOrEqualTo(now);
                assertThat(plan.closes()).as(name).isGreaterThanOrEqualTo(plan.opens());
                assertThat(plan.reporters().size())
                        .as(name)
                        .isLessThanOrEqualTo(drawn.rounds().cohort());
                assertThat(plan.reporters().size() + plan.late() + plan.droppedOut() + plan.declined())
                        .as(name)
                        .isEqualTo(plan.asked().size());
                note(history, plan);
                now = plan.closes().plusMillis(planner.pauseMillis());
                dropOuts += plan.droppedOut();
                asked += plan.asked().size();
                refusedCheckIns += (int) plan.checkInsRefused();
            }
        }
        assertThat(asked).as("the cases must cover rounds with devices").isGreaterThan(5_000);
        assertThat(dropOuts).as("the cases must cover drop-outs").isGreaterThan(300);
        assertThat(refusedCheckIns).as("the cases must cover refused check-ins").isGreaterThan(300);
    }

    private static void checkAsked(String name, Case drawn, RoundPlan plan, Map<Integer, SimTime> lastAsked) {
        Fleet fleet = new Fleet(drawn.fleet(), new Seeds(drawn.seed()));
        Availability availability = drawn.availability();
        assertThat(plan.asked()).as(name).doesNotHaveDuplicates();
        for (Invitation one : plan.invitations()) {
            assertThat(fleet.profile(one.device()).className()).as(name).isNotEqualTo("tiny");
            assertThat(drawn.fleet()
                            .life()
                            .eligible()
                            .allows(availability.at(one.device(), one.at()).state()))
                    .as("%s, device %d at %s", name, one.device(), one.at())
                    .isTrue();
            assertThat(one.at()).as(name).isBetween(plan.opens(), plan.closes());
            SimTime before = lastAsked.put(one.device(), one.at());
            if (before != null) {
                assertThat(one.at().millisSince(before) / 1000.0)
                        .as(name)
                        .isGreaterThanOrEqualTo(drawn.fleet().life().coolDownSeconds());
            }
        }
    }

    /** Who reports was eligible all the while, looked at every half minute. */
    private static void checkStints(String name, Case drawn, RoundPlan plan) {
        Availability availability = drawn.availability();
        for (Stint stint : plan.stints()) {
            assertThat(stint.joules()).as(name).isNotNegative().isFinite();
            if (stint.dropOut().isPresent()) {
                continue;
            }
            long step = Math.max(30_000, stint.millis() / 200);
            for (SimTime at = stint.from(); at.compareTo(stint.to()) < 0; at = at.plusMillis(step)) {
                assertThat(drawn.fleet()
                                .life()
                                .eligible()
                                .allows(availability.at(stint.device(), at).state()))
                        .as("%s, device %d at %s", name, stint.device(), at)
                        .isTrue();
            }
        }
    }

    @Test
    void aPlanDoesNotDependOnWhatWasAskedBefore() {
        for (long seed = 0; seed < 60; seed++) {
            Case drawn = Case.of(seed);
            RoundPlanner planner = drawn.planner();
            FleetHistory history = drawn.history();
            SimTime now = drawn.fleet().start();
            for (int round = 1; round <= 3; round++) {
                RoundPlan plan = planner.plan(round, now, history);
                planner.plan(round + 7, now.plusMillis(5_000_000), history);
                assertThat(planner.plan(round, now, history))
                        .as("seed %d", seed)
                        .isEqualTo(plan);
                assertThat(drawn.planner().plan(round, now, history))
                        .as("seed %d", seed)
                        .isEqualTo(plan);
                note(history, plan);
                now = plan.closes();
            }
        }
    }

    @Test
    void oneDeviceAtATimeGivesTheSameStintsAsTheRound() {
        for (long seed = 0; seed < 40; seed++) {
            Case drawn = Case.of(seed);
            RoundPlan plan = drawn.planner().plan(1, drawn.fleet().start(), drawn.history());
            WorkPlanner works = new WorkPlanner(
                    new Fleet(drawn.fleet(), new Seeds(seed)),
                    drawn.workload(),
                    (device, now) -> device % 37 * 3,
                    new EligibleTime(drawn.availability(), drawn.fleet().life().eligible()),
                    new Seeds(seed));
            for (Stint stint : plan.stints()) {
                double left = drawn.rounds().deadlineSeconds() - stint.from().millisSince(plan.opens()) / 1000.0;
                assertThat(works.stint(1, stint.device(), stint.from(), left))
                        .as("seed %d", seed)
                        .isEqualTo(stint);
            }
        }
    }

    @Test
    void aRoundCostsItsCohortAndNotTheFleet() {
        int[] looked = new int[1];
        FleetSettings fleet = new FleetSettings(
                10_000_000,
                Fleets.OPENING,
                List.of(PHONE, new DeviceClass("other", 0.4, 1e6, 1e4, 1e4, 0, 0)),
                new LifeSettings(
                        List.of(Region.UTC),
                        new AvailabilitySettings.Daily(HABITS),
                        OptOut.NOBODY,
                        Eligibility.of("charging"),
                        0,
                        CheckInSettings.NONE));
        Availability life = Lives.availability(fleet.life(), Availability.ALWAYS, new Seeds(1));
        Availability counted = (device, moment) -> {
            looked[0]++;
            return life.at(device, moment);
        };
        RoundPlanner planner = RoundPlanner.of(
                fleet,
                Fleets.rounds(100, 1, 600, 10),
                Fleets.WORKLOAD,
                (device, now) -> 10,
                Optional.empty(),
                new EligibleTime(counted, fleet.life().eligible()),
                new Seeds(1));
        RoundPlan plan = planner.plan(1, fleet.start());
        assertThat(plan.asked()).hasSize(100);
        assertThat(looked[0]).isLessThan(100 * 150);
    }
}
