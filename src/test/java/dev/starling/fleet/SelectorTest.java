package dev.starling.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.InputException;
import dev.starling.base.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectorTest {

    @Test
    void everyDeviceIsEquallyLikelyAtEveryPlace() {
        int rounds = 60_000;
        int[][] counts = new int[4][6];
        UniformSelector selector = new UniformSelector(6, new Seeds(11));
        for (int round = 1; round <= rounds; round++) {
            List<Integer> cohort = selector.select(round, 4);
            for (int place = 0; place < 4; place++) {
                counts[place][cohort.get(place)]++;
            }
        }
        for (int[] place : counts) {
            for (int count : place) {
                // Expected 1/6, standard deviation 0.0015.
                assertThat(count / (double) rounds).isCloseTo(1 / 6.0, within(0.008));
            }
        }
    }

    @Test
    void cohortsHaveNoDeviceTwiceAndDependOnRoundAndSeedOnly() {
        for (long seed = 0; seed < 200; seed++) {
            UniformSelector selector = new UniformSelector(50, new Seeds(seed));
            List<Integer> cohort = selector.select(3, 20);
            assertThat(cohort).as("seed %d", seed).hasSize(20).doesNotHaveDuplicates();
            assertThat(cohort).allMatch(device -> device >= 0 && device < 50);
            selector.select(9, 50);
            assertThat(selector.select(3, 20)).isEqualTo(cohort).isNotEqualTo(selector.select(4, 20));
        }
    }

    @Test
    void theWholeFleetCanBeAsked() {
        assertThat(new UniformSelector(7, new Seeds(1)).select(1, 7)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void aCohortBeyondTheFleetIsRefused() {
        assertThatThrownBy(() -> new UniformSelector(7, new Seeds(1)).select(1, 8))
                .hasMessageContaining("got 8");
    }

    @Test
    void fixedCohortsComeInTheOrderOfTheirFile() {
        FixedCohorts cohorts = new FixedCohorts("c.npy", List.of(List.of(4, 2), List.of(0, 1)), 5);
        assertThat(cohorts.select(1, 2)).containsExactly(4, 2);
        assertThat(cohorts.select(2, 1)).containsExactly(0);
    }

    @Test
    void fixedCohortsReportEveryBadId() {
        assertThatThrownBy(() -> new FixedCohorts("c.npy", List.of(List.of(5, 2), List.of(1, 1)), 5))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.problems()).hasSize(2))
                .hasMessageContaining("c.npy: row 0: device ids must be 0 to 4, got 5")
                .hasMessageContaining("row 1: a device must be at most once in a cohort, got 1 twice");
    }

    @Test
    void fixedCohortsRunOutWithOneClearMessage() {
        FixedCohorts cohorts = new FixedCohorts("c.npy", List.of(List.of(4, 2)), 5);
        assertThatThrownBy(() -> cohorts.select(2, 2)).hasMessageContaining("has 1, asked for round 2");
        assertThatThrownBy(() -> cohorts.select(1, 3)).hasMessageContaining("at least 3 devices, has 2");
    }
}
