package dev.starling.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.drill.KillPlan.Victim;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KillPlanTest {

    private static final int ROUNDS = 40;

    private static List<KillPlan> plans(long seed) {
        return IntStream.rangeClosed(1, 100)
                .mapToObj(time -> KillPlan.of(seed, time, ROUNDS))
                .toList();
    }

    @Test
    void theSameSeedKillsTheSameAtTheSameMoments() {
        assertThat(plans(5)).isEqualTo(plans(5)).isNotEqualTo(plans(6));
    }

    @Test
    void everyPlanCanBePlayed() {
        for (KillPlan plan : plans(7)) {
            assertThat(plan.jvms()).isBetween(3, 5);
            assertThat(plan.workers()).isPositive();
            assertThat(plan.standBys()).isPositive();
            int kind = plan.victim() == Victim.WORKER
                    ? plan.workers()
                    : plan.victim() == Victim.STAND_BY ? plan.standBys() : 1;
            assertThat(plan.index()).isBetween(0, kind - 1);
            assertThat(plan.afterRounds()).isBetween(0, ROUNDS / 2 - 1);
            assertThat(plan.millis()).isBetween(0, 999);
        }
    }

    @Test
    void aHundredPlansKillEverythingEverywhere() {
        List<KillPlan> plans = plans(8);
        assertThat(plans.stream().collect(Collectors.groupingBy(KillPlan::victim, Collectors.counting())))
                .hasSize(3)
                .allSatisfy((victim, times) -> assertThat(times).isBetween(15L, 55L));
        assertThat(plans.stream().map(KillPlan::jvms)).contains(3, 4, 5);
        List<KillPlan> early =
                plans.stream().filter(plan -> plan.afterRounds() == 0).toList();
        assertThat(early).hasSizeBetween(5, 35);
        assertThat(early.stream().map(KillPlan::victim)).contains(Victim.values());
        assertThat(plans.stream().mapToInt(KillPlan::afterRounds).max().orElse(0))
                .isGreaterThan(ROUNDS / 2 - 4);
    }
}
