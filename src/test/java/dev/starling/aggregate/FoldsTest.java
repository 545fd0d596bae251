package dev.starling.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoldsTest {

    private final Folds folds = new Folds(() -> new RoundFold(3, 1));

    @Test
    void everybodyInARoundGetsTheSameFold() {
        RoundFold fold = folds.of(new RoundKey(1, 1));
        assertThat(fold).isNotNull();
        assertThat(folds.of(new RoundKey(1, 1))).isSameAs(fold);
    }

    @Test
    void aLaterRoundOrAttemptTakesItsPlaceForGood() {
        RoundFold first = folds.of(new RoundKey(1, 1));
        RoundFold second = folds.of(new RoundKey(1, 2));
        RoundFold third = folds.of(new RoundKey(2, 1));
        assertThat(second).isNotNull().isNotSameAs(first);
        assertThat(third).isNotNull().isNotSameAs(second);
        assertThat(folds.of(new RoundKey(1, 1))).isNull();
        assertThat(folds.of(new RoundKey(1, 3))).isNull();
        assertThat(folds.of(new RoundKey(2, 1))).isSameAs(third);
    }

    @Test
    void aForgottenRoundIsNotOpenedAgain() {
        folds.of(new RoundKey(4, 1));
        folds.forget(new RoundKey(4, 1));
        assertThat(folds.of(new RoundKey(4, 1))).isNull();
        assertThat(folds.of(new RoundKey(4, 2))).isNotNull();
    }

    @Test
    void forgettingAnotherRoundChangesNothing() {
        RoundFold fold = folds.of(new RoundKey(4, 1));
        folds.forget(new RoundKey(3, 1));
        assertThat(folds.of(new RoundKey(4, 1))).isSameAs(fold);
    }
}
