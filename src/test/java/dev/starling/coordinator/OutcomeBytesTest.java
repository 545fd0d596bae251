package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.aggregate.ExactScalar;
import dev.starling.aggregate.Rejection;
import dev.starling.model.Evaluation;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeBytesTest {

    private static RoundOutcome outcome(Optional<Evaluation> evaluation, List<Double> losses, double norm) {
        return new RoundOutcome(
                3,
                1_000_000_000_123L,
                2,
                7,
                List.of(new Rejection(9, "its training diverged", true), new Rejection(11, "out of range")),
                ExactScalar.ZERO.plus(0.1).plus(1e-300).plus(-3e200),
                ExactScalar.ZERO.plus(1.0 / 3),
                losses,
                120,
                1_200,
                norm,
                evaluation,
                new Measured(1.5, 1.25, 1L << 40));
    }

    @Test
    void outcomesComeBackToTheLastBit() throws IOException {
        for (RoundOutcome outcome : List.of(
                outcome(Optional.of(new Evaluation(10, 0.1, 7, 0.2, 0.3)), List.of(0.5, Double.MIN_VALUE), 0.7),
                outcome(Optional.empty(), List.of(), Double.NaN))) {
            assertThat(OutcomeBytes.read(OutcomeBytes.of(outcome))).isEqualTo(outcome);
        }
    }

    @Test
    void bytesTooManyOrTooFewAreNoOutcome() {
        byte[] bytes = OutcomeBytes.of(outcome(Optional.empty(), List.of(), 1));
        assertThatThrownBy(() -> OutcomeBytes.read(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> OutcomeBytes.read(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(IOException.class);
    }
}
