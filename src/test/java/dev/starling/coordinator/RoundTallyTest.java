package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.aggregate.ExactScalar;
import dev.starling.aggregate.ExactSum;
import dev.starling.aggregate.FoldTotals;
import dev.starling.aggregate.Rejection;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RoundTallyTest {

    private final RoundTally tally = new RoundTally(List.of(1, 2, 3), 2);

    static ExactSum sum(double weight, float... values) {
        ExactSum sum = new ExactSum(values.length);
        assertThat(sum.add(weight, FloatBuffer.wrap(values))).isEmpty();
        return sum;
    }

    private static Consumer<ExactSum> addingSum(double weight, float... values) {
        return into -> into.merge(sum(weight, values));
    }

    static FoldTotals totals(List<Integer> devices, List<Rejection> rejections) {
        return new FoldTotals(
                devices,
                rejections,
                ExactScalar.ZERO.plus(devices.size()),
                ExactScalar.ZERO.plus(devices.size()),
                devices.size(),
                10L * devices.size());
    }

    @Test
    void partialSumsOfAllNodesMakeTheWhole() {
        assertThat(tally.add(totals(List.of(2), List.of()), addingSum(0.5, 1, 2)))
                .isTrue();
        assertThat(tally.missing()).containsExactly(1, 3);
        assertThat(tally.add(totals(List.of(1), List.of(new Rejection(3, "diverged"))), addingSum(0.25, 4, 8)))
                .isTrue();
        assertThat(tally.missing()).isEmpty();
        RoundSum sum = tally.sum();
        assertThat(sum.sum().toDelta().get(0)).isEqualTo(1.5);
        assertThat(sum.sum().toDelta().get(1)).isEqualTo(3);
        assertThat(sum.totals().devices()).containsExactly(1, 2);
        assertThat(sum.totals().examples()).isEqualTo(20);
        assertThat(sum.rejected()).containsExactly(3);
    }

    @Test
    void aNodeThatOnlyRejectedNeedsNoValues() {
        assertThat(tally.add(totals(List.of(), List.of(new Rejection(1, "diverged"))), sum -> {}))
                .isTrue();
        assertThat(tally.missing()).containsExactly(2, 3);
    }

    @Test
    void aDeviceOnTwoNodesMakesEverybodyMissing() {
        tally.add(totals(List.of(1, 2), List.of()), addingSum(1, 1, 1));
        assertThat(tally.add(totals(List.of(2, 3), List.of()), addingSum(1, 1, 1)))
                .isFalse();
        assertThat(tally.missing()).containsExactly(1, 2, 3);

        assertThat(tally.add(totals(List.of(1, 2, 3), List.of()), addingSum(1, 5, 7)))
                .isTrue();
        assertThat(tally.sum().sum().toDelta().get(0)).isEqualTo(5);
        assertThat(tally.sum().totals().examples()).isEqualTo(30);
    }

    @Test
    void aRejectionOnOneNodeAndADeltaOnAnotherAreADeviceOnTwoNodes() {
        tally.add(totals(List.of(), List.of(new Rejection(2, "diverged"))), sum -> {});
        assertThat(tally.add(totals(List.of(2), List.of()), addingSum(1, 1, 1))).isFalse();
    }

    @Test
    void aStrangerMakesEverybodyMissing() {
        assertThat(tally.add(totals(List.of(1, 9), List.of()), addingSum(1, 1, 1)))
                .isFalse();
        assertThat(tally.missing()).containsExactly(1, 2, 3);
    }
}
