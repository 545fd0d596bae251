package dev.starling.fleet.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.KeyedPermutation;
import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.fleet.ExampleCounts;
import dev.starling.fleet.selection.FleetHistory.Report;
import dev.starling.fleet.selection.SelectionSettings.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static final SimTime NOW = new SimTime(1_000_000);
    private static final Seeds SEEDS = new Seeds(5);

    /** Everybody who passes, in keyed order. */
    private record Ready(int devices, int round, IntPredicate there, List<Integer> given) implements Candidates {

        static Ready of(int devices, int round) {
            return new Ready(devices, round, device -> true, new ArrayList<>());
        }

        @Override
        public Optional<Invitation> next() {
            KeyedPermutation order = new KeyedPermutation(devices, SEEDS.of(Purpose.COHORT, round));
            while (given.size() < devices) {
                int device = order.at(given.size());
                given.add(device);
                if (there.test(device)) {
                    return Optional.of(new Invitation(device, NOW));
                }
            }
            return Optional.empty();
        }

        @Override
        public Optional<Invitation> ask(int device, SimTime moment) {
            return there.test(device) ? Optional.of(new Invitation(device, moment)) : Optional.empty();
        }

        @Override
        public boolean stillThere(int device, SimTime moment) {
            return there.test(device);
        }

        @Override
        public SimTime opens() {
            return NOW;
        }
    }

    private static Selection selection(Kind kind, double pool, int devices, ExampleCounts examples) {
        return Selections.of(
                new SelectionSettings(kind, pool, OortSettings.PAPER), devices, examples, device -> 1, SEEDS);
    }

    private static FleetHistory history(Kind kind) {
        return FleetHistory.of(new SelectionSettings(kind, 1, OortSettings.PAPER), 0);
    }

    private static List<Integer> ids(List<Invitation> chosen) {
        return chosen.stream().map(Invitation::device).toList();
    }

    private static void note(FleetHistory history, int round, List<Report> reports) {
        history.note(
                round,
                reports.stream()
                        .map(report -> new Invitation(report.device(), NOW))
                        .toList(),
                reports);
    }

    @Test
    void roundRobinGoesRoundAndPassesOverWhoIsNotThere() {
        Selection selection = selection(Kind.ROUND_ROBIN, 1, 7, (device, now) -> 1);
        FleetHistory history = history(Kind.ROUND_ROBIN);
        List<Integer> all = new ArrayList<>();
        for (int round = 1; round <= 4; round++) {
            List<Invitation> chosen =
                    selection.select(round, 3, new Ready(7, round, device -> device != 4, new ArrayList<>()), history);
            history.note(round, chosen, List.of());
            all.addAll(ids(chosen));
        }
        assertThat(all).containsExactly(0, 1, 2, 3, 5, 6, 0, 1, 2, 3, 5, 6);
    }

    @Test
    void leastRecentlyUsedTakesThoseWhoWaitedLongest() {
        Selection selection = selection(Kind.LEAST_RECENTLY_USED, 100, 12, (device, now) -> 1);
        FleetHistory history = history(Kind.LEAST_RECENTLY_USED);
        List<List<Integer>> rounds = new ArrayList<>();
        for (int round = 1; round <= 6; round++) {
            List<Invitation> chosen = selection.select(round, 4, Ready.of(12, round), history);
            history.note(round, chosen, List.of());
            rounds.add(ids(chosen));
        }
        // With the whole fleet in the pool it is a cycle: everybody once in three rounds, then the same groups again.
        assertThat(rounds.subList(0, 3).stream().flatMap(List::stream)).doesNotHaveDuplicates();
        for (int i = 0; i < 3; i++) {
            assertThat(rounds.get(i + 3)).containsExactlyInAnyOrderElementsOf(rounds.get(i));
        }
    }

    @Test
    void bySizeIsProportionalToTheExamples() {
        Selection selection = selection(Kind.BY_SIZE, 4, 4, (device, now) -> device + 1);
        int[] counts = new int[4];
        int rounds = 20_000;
        for (int round = 1; round <= rounds; round++) {
            counts[
                    ids(selection.select(round, 1, Ready.of(4, round), FleetHistory.none()))
                            .get(0)]++;
        }
        for (int device = 0; device < 4; device++) {
            assertThat((double) counts[device] / rounds).isCloseTo((device + 1) / 10.0, within(0.012));
        }
    }

    @Test
    void powerOfChoiceTakesTheLargestLossesAmongItsChoices() {
        FleetHistory history = history(Kind.POWER_OF_CHOICE);
        note(
                history,
                1,
                IntStream.range(0, 20).mapToObj(d -> new Report(d, 1, d, 10)).toList());
        Selection selection = selection(Kind.POWER_OF_CHOICE, 10, 20, (device, now) -> 10);
        // The pool is twice the choices and has everybody.
        assertThat(ids(selection.select(2, 2, Ready.of(20, 2), history))).containsExactly(19, 18);
        Selection few = selection(Kind.POWER_OF_CHOICE, 1, 20, (device, now) -> 10);
        assertThat(ids(few.select(2, 2, Ready.of(20, 2), history)))
                .as("with as many choices as places it is a draw by size")
                .isNotEqualTo(List.of(19, 18));
    }

    @Test
    void powerOfChoiceTriesThoseOfWhomNothingIsKnownFirst() {
        FleetHistory history = history(Kind.POWER_OF_CHOICE);
        note(
                history,
                1,
                IntStream.range(0, 19).mapToObj(d -> new Report(d, 1, 100, 10)).toList());
        Selection selection = selection(Kind.POWER_OF_CHOICE, 10, 20, (device, now) -> 10);
        assertThat(ids(selection.select(2, 2, Ready.of(20, 2), history))).startsWith(19);
    }

    private static Oort oort(OortSettings settings) {
        return new Oort(settings, 4, (device, now) -> 10, device -> 1, SEEDS);
    }

    @Test
    void oortPrefersHighLossAndPunishesTheSlow() {
        OortSettings exploit = new OortSettings(0, 1, 0, 2, 30, 1000, 1);
        FleetHistory history = history(Kind.OORT);
        List<Report> reports = new ArrayList<>();
        for (int device = 0; device < 40; device++) {
            // Devices 0 to 9 have ten times the loss; of these 5 to 9 take ten times the preferred duration.
            double seconds = device >= 5 && device < 10 ? 300 : 20;
            reports.add(new Report(device, seconds, device < 10 ? 10 : 1, 10));
        }
        note(history, 1, reports);
        List<Integer> chosen = ids(oort(exploit).select(2, 5, Ready.of(40, 2), history));
        // Utility of the slow: 100 · (30 / 300)² = 1, below the 10 of the rest.
        assertThat(chosen).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        OortSettings patient = new OortSettings(0, 1, 0, 0, 30, 1000, 1);
        assertThat(ids(oort(patient).select(2, 10, Ready.of(40, 2), history)))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void oortExploresLessAndLess() {
        Oort oort = oort(OortSettings.PAPER);
        assertThat(oort.exploration(0)).isEqualTo(0.9);
        assertThat(oort.exploration(10)).isCloseTo(0.9 * Math.pow(0.98, 10), within(1e-12));
        assertThat(oort.exploration(500)).isEqualTo(0.2);
        FleetHistory history = history(Kind.OORT);
        note(
                history,
                1,
                IntStream.range(0, 50).mapToObj(d -> new Report(d, 1, 1, 10)).toList());
        List<Integer> chosen = ids(oort.select(2, 20, Ready.of(1000, 2), history));
        assertThat(chosen).hasSize(20).doesNotHaveDuplicates();
        // 0.9 · 0.98 of 20 places.
        assertThat(chosen.stream().filter(device -> device >= 50)).hasSize(18);
    }

    @Test
    void oortsPacerGivesMoreTimeWhenUtilityFalls() {
        Oort oort = oort(new OortSettings(0.9, 0.98, 0.2, 2, 30, 2, 0.95));
        FleetHistory history = history(Kind.OORT);
        double[] losses = {5, 5, 4, 4, 6, 6, 1, 1};
        double[] preferred = {30, 30, 30, 60, 60, 60, 60, 90};
        for (int i = 0; i < losses.length; i++) {
            note(history, i + 1, List.of(new Report(i, 1, losses[i], 10)));
            assertThat(oort.preferredSeconds(history)).as("round %d", i + 1).isEqualTo(preferred[i]);
        }
    }

    @Test
    void everyStrategyGivesTheSameTwiceAndNobodyTwice() {
        for (Kind kind : Kind.values()) {
            FleetHistory history = history(kind);
            note(
                    history,
                    1,
                    IntStream.range(0, 30)
                            .mapToObj(d -> new Report(d, d, d % 7, 10))
                            .toList());
            Selection selection = selection(kind, 3, 100, (device, now) -> device % 5);
            List<Invitation> chosen = selection.select(2, 15, Ready.of(100, 2), history);
            assertThat(chosen).as("%s", kind).hasSize(15).doesNotHaveDuplicates();
            assertThat(selection.select(2, 15, Ready.of(100, 2), history))
                    .as("%s", kind)
                    .isEqualTo(chosen);
        }
    }
}
