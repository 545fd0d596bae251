package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.SimTime;
import dev.starling.device.Work;
import dev.starling.fleet.Assignment;
import dev.starling.fleet.RoundPlan;
import dev.starling.metrics.Spending;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
                .isEqualTo(new FleetLedger.Entry(0, 0, Optional.empty(), Spending.NOTHING, Spending.NOTHING));
        assertThat(ledger.devices()).isEmpty();
    }

    @Test
    void askedReportedAndLastWorkAreCounted() {
        ledger.note(plan(1, List.of(3, 1, 2), 1, 2), reporter -> work(1, 0), Set.of());
        ledger.note(plan(2, List.of(2), 2), reporter -> work(2, 1), Set.of());

        assertThat(ledger.devices()).containsExactly(1, 2, 3);
        assertThat(ledger.of(3).asked()).isEqualTo(1);
        assertThat(ledger.of(3).reported()).isZero();
        assertThat(ledger.of(3).last()).isEmpty();
        assertThat(ledger.of(1).last()).contains(work(1, 0));
        assertThat(ledger.of(2).asked()).isEqualTo(2);
        assertThat(ledger.of(2).reported()).isEqualTo(2);
        assertThat(ledger.of(2).last()).contains(work(2, 1));
    }

    @Test
    void aRejectedDeviceKeepsTheWorkThatItsModelCameFrom() {
        ledger.note(plan(1, List.of(1), 1), reporter -> work(1, 0), Set.of());
        ledger.note(plan(2, List.of(1), 1), reporter -> work(2, 1), Set.of(1));
        assertThat(ledger.of(1).asked()).isEqualTo(2);
        assertThat(ledger.of(1).reported()).isEqualTo(1);
        assertThat(ledger.of(1).last()).contains(work(1, 0));
    }

    @Test
    void versionsStayInUseWhileSomebodysModelStartsFromThem() {
        ledger.note(plan(1, List.of(1, 2), 1, 2), reporter -> work(1, 0), Set.of());
        ledger.note(plan(2, List.of(2), 2), reporter -> work(2, 1), Set.of());
        assertThat(ledger.versionsInUse()).containsExactlyInAnyOrder(0, 1);
        ledger.note(plan(3, List.of(1), 1), reporter -> work(3, 2), Set.of());
        assertThat(ledger.versionsInUse()).containsExactlyInAnyOrder(1, 2);
    }

    private static Work work(int round, int version) {
        return new Work(round, version, 4, new SimTime(0));
    }
}
