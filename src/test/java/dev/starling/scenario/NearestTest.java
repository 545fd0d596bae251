package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    // Distances worked out by hand: insertions, deletions, substitutions and swaps of neighbours cost 1.
    @ParameterizedTest
    @CsvSource({
        "kitten, sitting, 3",
        "cohort, cohort, 0",
        "cohrot, cohort, 1",
        "'', abc, 3",
        "ca, abc, 3",
        "epoch, epochs, 1"
    })
    void distanceCountsSlips(String a, String b, int slips) {
        assertThat(Nearest.distance(a, b)).isEqualTo(slips);
        assertThat(Nearest.distance(b, a)).isEqualTo(slips);
    }

    @Test
    void otherSpellingsOfTheSameWordsAreFound() {
        assertThat(Nearest.to("learningRate", List.of("batch", "learning-rate")))
                .contains("learning-rate");
        assertThat(Nearest.to("LEARNING_RATE", List.of("batch", "learning-rate")))
                .contains("learning-rate");
    }

    @Test
    void nothingIsSuggestedForAWordThatIsFarFromAll() {
        assertThat(Nearest.to("zebra", List.of("batch", "learning-rate"))).isEmpty();
        assertThat(Nearest.to("lr", List.of("mu"))).isEmpty();
    }
}
