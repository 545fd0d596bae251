package dev.starling.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.drill.KillPlan.Victim;
import org.junit.jupiter.api.Test;

class RecoveriesTest {

    @Test
    void nodesAndCoordinatorsAreCountedApart() {
        Recoveries recoveries = new Recoveries();
        for (int i = 10; i >= 1; i--) {
            recoveries.note(i % 2 == 0 ? Victim.WORKER : Victim.STAND_BY, i);
        }
        recoveries.note(Victim.COORDINATOR, 20);

        assertThat(recoveries.lines())
                .containsExactly(
                        "the next round after the death of a node: p50 5.5 s, p90 9.0 s, at most 10.0 s (10)",
                        "the next round after the death of the run's own process: p50 20.0 s, p90 20.0 s, at most 20.0 s (1)");
    }
}
