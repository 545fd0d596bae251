package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Ids;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Devices of four shards on two nodes. */
class HomesTest {

    private final Homes homes = new Homes(device -> device % 4);

    @Test
    void devicesAreWhereOthersOfTheirShardAre() {
        homes.found(List.of(0, 1), "a");
        homes.found(List.of(6, 3), "b");
        assertThat(homes.of(List.of(4, 2, 7, 11, 1))).isEqualTo(Map.of("a", Ids.of(4, 1), "b", Ids.of(2, 7, 11)));
    }

    @Test
    void aShardThatMovedIsWhereItWasFoundLast() {
        homes.found(List.of(0), "a");
        homes.found(List.of(8), "b");
        assertThat(homes.of(List.of(4))).isEqualTo(Map.of("b", Ids.of(4)));
    }

    @Test
    void nothingIsSaidUnlessThereIsAnIdeaOfAll() {
        homes.found(List.of(0, 1, 2), "a");
        assertThat(homes.of(List.of(0, 3))).isEmpty();
        homes.found(List.of(3), "a");
        assertThat(homes.of(List.of(0, 3))).hasSize(1);
        homes.forget();
        assertThat(homes.of(List.of(0))).isEmpty();
    }
}
