package dev.starling.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void keepsWhatItWasGivenInOrder() {
        Ids ids = Ids.of(List.of(3, 1, 3));
        List<Integer> seen = new ArrayList<>();
        ids.forEach(seen::add);
        assertThat(seen).containsExactly(3, 1, 3);
        assertThat(ids.size()).isEqualTo(3);
        assertThat(ids.get(1)).isEqualTo(1);
        assertThat(ids).isEqualTo(Ids.of(3, 1, 3)).hasSameHashCodeAs(Ids.of(3, 1, 3));
        assertThat(ids).isNotEqualTo(Ids.of(1, 3, 3)).hasToString("[3, 1, 3]");
        assertThat(Ids.NONE.size()).isZero();
    }

    @Test
    void whoeverGaveTheArrayCannotChangeIt() {
        int[] given = {1, 2};
        Ids ids = Ids.of(given);
        given[0] = 9;
        assertThat(ids).isEqualTo(Ids.of(1, 2));
    }
}
