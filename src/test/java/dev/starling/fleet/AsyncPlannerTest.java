package dev.starling.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.metrics.Spending;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AsyncPlannerTest {

    private static final DeviceClass MIXED = new DeviceClass("mixed", 1, 1e5, 1000, 500, 1, 0.2);

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    private static AsyncPlanner planner(
            AsyncSettings settings, DeviceClass phones, int devices, ExampleCounts sizes, double deadline, long seed) {
        Seeds seeds = new Seeds(seed);
        return new AsyncPlanner(
                Fleets.of(devices, seed, phones),
                settings,
                Fleets.WORKLOAD,
                sizes,
                new UniformSelector(devices, seeds),
                deadline,
                seeds);
    }

    private static List<AsyncPlan> run(AsyncPlanner planner, int updates) {
        List<AsyncPlan> plans = new ArrayList<>();
        SimTime now = Fleets.OPENING;
        for (int update = 1; update <= updates; update++) {
            AsyncPlan plan = planner.next(update, update - 1, now);
            plans.add(plan);
            now = plan.round().closes();
        }
        return plans;
    }

    private static AsyncPlanner mixed(long seed) {
        return planner(new AsyncSettings(5, 20, 0.5, 1, false), MIXED, 200, (device, now) -> device % 7 * 40, 30, seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyUpdateHasItsReportsAndFleetTimeNeverGoesBack(long seed) {
        SimTime before = Fleets.OPENING;
        for (AsyncPlan plan : run(mixed(seed), 40)) {
            RoundPlan round = plan.round();
            assertThat(round.reporters()).hasSize(5);
            assertThat(round.opens()).isEqualTo(before);
            assertThat(round.closes()).isGreaterThanOrEqualTo(round.opens());
            for (Assignment reporter : round.reporters()) {
                assertThat(reporter.reportsAt())
                        .isGreaterThanOrEqualTo(round.opens())
                        .isLessThanOrEqualTo(round.closes());
                assertThat(reporter.examples()).isPositive();
            }
            before = round.closes();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoeverReportsWasAskedBeforeAndStartedFromTheVersionOfThatMoment(long seed) {
        Set<Integer> atWork = new HashSet<>();
        int asked = 0;
        int ended = 0;
        int update = 0;
        for (AsyncPlan plan : run(mixed(seed), 40)) {
            asked += plan.round().asked().size();
            ended += plan.round().reporters().size()
                    + plan.round().late()
                    + plan.round().droppedOut();
            atWork.addAll(plan.round().asked());
            for (Assignment reporter : plan.round().reporters()) {
                assertThat(atWork).contains(reporter.device());
                assertThat(plan.starts()).containsKey(reporter.device());
            }
            int latest = update++;
            assertThat(plan.starts().values()).allMatch(start -> start.version() <= latest && start.version() >= 0);
            assertThat(asked - ended).as("devices at work, seed %d", seed).isBetween(0, 20);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameCallsGiveTheSamePlans(long seed) {
        assertThat(run(mixed(seed), 20)).isEqualTo(run(mixed(seed), 20));
    }

    @Test
    void slowDevicesReportStaleDeltasAndTheirVersionsStayInUse() {
        AsyncPlanner planner = mixed(3);
        List<AsyncPlan> plans = run(planner, 60);

        assertThat(plans.stream()
                        .flatMap(plan -> plan.starts().values().stream()
                                .map(start -> plan.round().round() - 1 - start.version())))
                .anyMatch(staleness -> staleness > 1)
                .allMatch(staleness -> staleness >= 0);
        assertThat(planner.versionsInUse()).isNotEmpty().allMatch(version -> version <= 59);
    }

    @Test
    void withEqualPhonesAndTheBufferOfAllAtWorkEveryUpdateIsASynchronousRound() {
        AsyncSettings settings = new AsyncSettings(8, 8, 0.5, 1, false);
        AsyncPlanner planner = planner(settings, Fleets.STEADY, 16, (device, now) -> 100, Double.POSITIVE_INFINITY, 1);

        long roundMillis = 4100; // 4 s of transfer and 100 examples of 1 ms each
        for (AsyncPlan plan : run(planner, 10)) {
            assertThat(plan.round().asked()).hasSize(8);
            assertThat(plan.round().closes().millisSince(plan.round().opens())).isEqualTo(roundMillis);
            assertThat(plan.starts().values())
                    .allMatch(start -> start.version() == plan.round().round() - 1);
        }
    }

    @Test
    void whoTakesLongerThanTheDeadlineIsWastedAndReplaced() {
        AsyncSettings settings = new AsyncSettings(2, 6, 0, 1, false);
        // 1000 examples take 5 s with their transfer, 100 take 4.1 s.
        AsyncPlanner planner =
                planner(settings, Fleets.STEADY, 70, (device, now) -> device % 2 == 0 ? 1000 : 100, 4.5, 5);

        List<AsyncPlan> plans = run(planner, 30);

        assertThat(plans.stream().mapToInt(plan -> plan.round().late()).sum()).isPositive();
        assertThat(plans.stream().flatMap(plan -> plan.round().reporters().stream()))
                .allMatch(reporter -> reporter.device() % 2 == 1);
    }

    @Test
    void whatIsUnderWayIsBilledAsFarAsItHasGot() {
        // 4 s of transfer and 10 s of training; a report of the only quick device closes the update after 4.1 s.
        AsyncPlanner planner = planner(
                new AsyncSettings(1, 3, 0, 1, false),
                Fleets.STEADY,
                3,
                (device, now) -> device == 0 ? 100 : 10_000,
                Double.POSITIVE_INFINITY,
                1);
        RoundPlan first = planner.next(1, 0, Fleets.OPENING).round();
        assertThat(first.closes().millisSince(Fleets.OPENING)).isEqualTo(4_100);
        // Each of the two others has its base, of 2000 bytes, and has trained for 2.1 s; it has sent nothing.
        assertThat(first.underWay()).containsOnlyKeys(1, 2).allSatisfy((device, spent) -> {
            assertThat(spent.bytes()).isEqualTo(2000);
            assertThat(spent.awakeMillis()).isEqualTo(4_100);
        });
        assertThat(first.spent().bytes())
                .isEqualTo(first.downBytes() + first.upBytes())
                .isEqualTo(3 * 2000 + 1000);
        assertThat(first.spent().awakeMillis()).isEqualTo(3 * 4_100);
        // Whatever the updates, all that was spent is that of what ended and of what is under way.
        Spending spent = first.spent();
        Spending ended = Stint.spent(first.ended());
        RoundPlan last = first;
        for (int update = 2; update <= 6; update++) {
            last = planner.next(update, update - 1, last.closes()).round();
            spent = spent.plus(last.spent());
            ended = ended.plus(Stint.spent(last.ended()));
        }
        Spending all = last.underWay().values().stream().reduce(ended, Spending::plus);
        assertThat(spent.bytes()).isEqualTo(all.bytes());
        assertThat(spent.awakeMillis()).isEqualTo(all.awakeMillis());
        assertThat(spent.joules()).isCloseTo(all.joules(), within(1e-9));
    }

    @Test
    void whereNoReportCanComeThePlannerSaysSoSoon() {
        AsyncSettings three = new AsyncSettings(3, 4, 0, 1, false);
        // Only two devices have examples: both wait in the buffer for a third.
        AsyncPlanner few =
                planner(three, Fleets.STEADY, 50, (device, now) -> device < 2 ? 100 : 0, Double.POSITIVE_INFINITY, 1);
        assertThatThrownBy(() -> few.next(1, 0, Fleets.OPENING))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "no device was free, eligible and had examples for a year: of 50 devices 2 have reported, and"
                                + " rounds.asynchronous.buffer is 3");
        AsyncPlanner slow = planner(three, Fleets.STEADY, 50, (device, now) -> 100, 3, 1);
        assertThatThrownBy(() -> slow.next(1, 0, Fleets.OPENING))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("took longer than rounds.deadline (3.0 s): no update would ever be made");
    }

    @Test
    void aReportLosesWeightWithItsStaleness() {
        AsyncSettings fedBuff = new AsyncSettings(10, 30, 0.5, 1, false);
        AsyncSettings fedAsync = new AsyncSettings(1, 30, 1, 0.6, true);

        assertThat(fedBuff.weight(0)).isEqualTo(1);
        assertThat(fedBuff.weight(3)).isEqualTo(0.5, within(1e-15));
        assertThat(fedAsync.weight(0)).isEqualTo(0.6);
        assertThat(fedAsync.weight(2)).isEqualTo(0.2, within(1e-15));
    }
}
