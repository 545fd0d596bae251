package dev.starling.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterCostTest {

    private static final List<Turn> FIRST = List.of(new Turn(3, 30, 6), new Turn(3, 15, 6), new Turn(3, 30, 6));

    @Test
    void aRoundIsAShareOfAllTurnsAndIsComparedTurnByTurnToo() {
        List<Turn> turns = List.of(new Turn(3, 20, 6), new Turn(3, 12, 6), new Turn(4, 28, 6));
        ClusterCost cost = ClusterCost.of(3, 2, turns, FIRST);
        assertThat(cost.rounds()).isEqualTo(60);
        assertThat(cost.millisPerRound()).isCloseTo(10_000.0 / 60, within(1e-9));
        assertThat(cost.coreMillisPerRound()).isCloseTo(18_000.0 / 60, within(1e-9));
        assertThat(cost.ratio()).isCloseTo((10.0 / 60) / (9.0 / 75), within(1e-9));
        // 150 to 100, 250 to 200, 142.9 to 100 ms.
        assertThat(cost.medianRatio()).isCloseTo(100.0 / 70, within(1e-9));
    }

    @Test
    void ofAnEvenNumberOfTurnsTheMedianLiesBetweenTwo() {
        List<Turn> turns = List.of(new Turn(3, 20, 6), new Turn(3, 12, 6));
        assertThat(ClusterCost.of(2, 3, turns, FIRST.subList(0, 2)).medianRatio())
                .isCloseTo(1.375, within(1e-9));
    }

    @Test
    void turnsThatAreShorterThanARoundHaveNoMedian() {
        List<Turn> turns = List.of(new Turn(3, 0, 6), new Turn(3, 1, 6), new Turn(3, 2, 6));
        ClusterCost cost = ClusterCost.of(2, 3, turns, FIRST);
        assertThat(cost.medianRatio()).isNaN();
        assertThat(cost.millisPerRound()).isCloseTo(3_000, within(1e-9));
    }
}
