package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.device.Lineage;
import dev.starling.device.Work;
import dev.starling.fleet.Assignment;
import dev.starling.fleet.RoundPlan;
import dev.starling.metrics.Spending;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FleetLedgerTest {

    private final FleetLedger ledger = new FleetLedger();

    private static RoundPlan plan(int round, List<Integer> asked, int... reporters) {
        SimTime now = new SimTime(0);
        List<Assignment> assignments = Arrays.stream(reporters)
                .mapToObj(device -> new Assignment(device, 10, 4, now))
                .toList();
        return RoundPlan.instant(round, now, asked, assignments);
    }

    @Test
    void whoWasNeverAskedIsNotInIt() {
        assertThat(ledger.of(5))
                .isEqualTo(new FleetLedger.Entry(
                        0, 0, Lineage.NONE, FleetLedger.Outcome.COUNTED, Spending.NOTHING, Spending.NOTHING));
        assertThat(ledger.devices()).isEmpty();
    }

    @Test
    void askedReportedAndLastWorkAreCounted() {
        ledger.note(plan(1, List.of(3, 1, 2), 1, 2), reporter -> work(1, 0), Set.of(), Set.of());
        ledger.note(plan(2, List.of(2), 2), reporter -> work(2, 1), Set.of(), Set.of());

        assertThat(ledger.devices()).containsExactly(1, 2, 3);
        assertThat(ledger.of(3).asked()).isEqualTo(1);
        assertThat(ledger.of(3).reported()).isZero();
        assertThat(ledger.of(3).lineage()).isEqualTo(Lineage.NONE);
        assertThat(ledger.of(1).lineage()).isEqualTo(work(1, 0));
        assertThat(ledger.of(2).asked()).isEqualTo(2);
        assertThat(ledger.of(2).reported()).isEqualTo(2);
        assertThat(ledger.of(2).lineage()).isEqualTo(work(2, 1));
    }

    @Test
    void aRejectedDeviceKeepsTheWorkThatItsModelCameFrom() {
        ledger.note(plan(1, List.of(1), 1), reporter -> work(1, 0), Set.of(), Set.of());
        ledger.note(plan(2, List.of(1), 1), reporter -> work(2, 1), Set.of(1), Set.of());
        assertThat(ledger.of(1).asked()).isEqualTo(2);
        assertThat(ledger.of(1).reported()).isEqualTo(1);
        assertThat(ledger.of(1).lineage()).isEqualTo(work(1, 0));
    }

    @Test
    void versionsStayInUseWhileSomebodysModelStartsFromThem() {
        ledger.note(plan(1, List.of(1, 2), 1, 2), reporter -> work(1, 0), Set.of(), Set.of());
        ledger.note(plan(2, List.of(2), 2), reporter -> work(2, 1), Set.of(), Set.of());
        assertThat(ledger.versionsInUse()).containsExactlyInAnyOrder(0, 1);
        ledger.note(plan(3, List.of(1), 1), reporter -> work(3, 2), Set.of(), Set.of());
        assertThat(ledger.versionsInUse()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void versionsInUseAreThoseOfTheLastWorkOfAllDevices() {
        for (long seed = 1; seed <= 20; seed++) {
            FleetLedger counted = new FleetLedger();
            Rng rng = new Seeds(seed).of(Purpose.COHORT);
            for (int round = 1; round <= 200; round++) {
                int now = round;
                int[] reporters = Arrays.copyOf(rng.permutation(40), 4);
                Set<Integer> rejected = rng.nextInt(3) == 0 ? Set.of(reporters[0]) : Set.of();
                List<Integer> asked = Arrays.stream(reporters).boxed().toList();
                // Asynchronous devices start from versions a little older than the running one.
                Map<Integer, Integer> versions = new HashMap<>();
                asked.forEach(device -> versions.put(device, Math.max(0, now - 1 - rng.nextInt(3))));

                counted.note(
                        plan(round, asked, reporters),
                        one -> work(now, versions.getOrDefault(one.device(), 0)),
                        rejected,
                        Set.of());

                assertThat(counted.versionsInUse())
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(counted.devices().stream()
                                .flatMap(device -> counted.of(device).lineage().versions().stream())
                                .collect(Collectors.toSet()));
            }
        }
    }

    private static Lineage work(int round, int version) {
        return Lineage.of(new Work(round, version, 4, new SimTime(0)));
    }
}
