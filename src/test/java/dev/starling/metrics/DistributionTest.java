package dev.starling.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {

    @Test
    void quantilesAreTheNearestRanks() {
        // Of 1 … 200 in any order, the smallest figure that a share of the devices does not exceed.
        double[] values = IntStream.rangeClosed(1, 200)
                .mapToDouble(i -> i * 37 % 200 == 0 ? 200 : i * 37 % 200)
                .toArray();
        assertThat(Distribution.of(values)).isEqualTo(new Distribution(100.5, 1, 20, 100.5, 180, 198, 200));
        assertThat(Distribution.of(7)).isEqualTo(new Distribution(7, 7, 7, 7, 7, 7, 7));
        assertThat(Distribution.of(1, 2).p10()).isEqualTo(1);
        assertThat(Distribution.of().max()).isNaN();
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Distribution.of(1.0, 0.4).p50()).isEqualTo(0.7, within(1e-15));
        assertThat(Distribution.of(5, 1, 3).p50()).isEqualTo(3);
        assertThat(Distribution.of(9, 1, 2, 4).p50()).isEqualTo(3);
        assertThat(Distribution.of().p50()).isNaN();
        assertThat(Staleness.of(IntStream.of(0, 0, 1, 3)).median()).isEqualTo(0.5);
        assertThat(Staleness.of(IntStream.of(2)).median()).isEqualTo(2);
    }

    @Test
    void countedAgesGiveTheQuantilesOfTheAgesThemselves() {
        Random random = new Random(5);
        for (int reports = 1; reports < 60; reports++) {
            int[] ages = random.ints(reports, 0, 9).toArray();
            Staleness counted = Staleness.of(IntStream.of(ages));
            Distribution each =
                    Distribution.of(IntStream.of(ages).asDoubleStream().toArray());
            assertThat(counted.mean()).isCloseTo(each.mean(), within(1e-12));
            assertThat(counted.quantile(0.1)).isEqualTo(each.p10());
            assertThat(counted.median()).isEqualTo(each.p50());
            assertThat(counted.quantile(0.9)).isEqualTo(each.p90());
            assertThat(counted.max()).isEqualTo(each.max());
        }
    }

    @Test
    void stalenessOfTwoRoundsIsThatOfAllTheirReports() {
        Staleness first = Staleness.of(IntStream.of(0, 0, 3));
        Staleness second = Staleness.of(IntStream.of(3, 1));
        assertThat(first.plus(second)).isEqualTo(Staleness.of(IntStream.of(3, 0, 1, 0, 3)));
        assertThat(first.plus(Staleness.NONE)).isEqualTo(first);
        assertThat(DoubleStream.of(
                        Staleness.NONE.mean(),
                        Staleness.NONE.median(),
                        Staleness.NONE.quantile(0.9),
                        Staleness.NONE.max()))
                .allMatch(value -> Double.isNaN(value));
    }
}
