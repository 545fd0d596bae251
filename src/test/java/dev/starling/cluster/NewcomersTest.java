package dev.starling.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewcomersTest {

    private final Newcomers newcomers = new Newcomers();

    private int entered(String address, int tries) {
        int entered = 0;
        for (int i = 0; i < tries; i++) {
            entered += newcomers.enter(address, 5, 12) ? 1 : 0;
        }
        return entered;
    }

    @Test
    void oneAddressCannotTakeThePlacesOfOthers() {
        assertThat(entered("10.0.0.1", 100)).isEqualTo(5);
        assertThat(entered("10.0.0.2", 3)).isEqualTo(3);
    }

    @Test
    void allTogetherHaveALimitToo() {
        for (int i = 0; i < 9; i++) {
            entered("10.0.0." + i, 4);
        }
        assertThat(newcomers.count()).isEqualTo(12);
    }

    @Test
    void whoLeavesMakesRoom() {
        assertThat(entered("10.0.0.1", 9)).isEqualTo(5);
        newcomers.leave("10.0.0.1");
        newcomers.leave("10.0.0.1");
        assertThat(newcomers.count()).isEqualTo(3);
        assertThat(entered("10.0.0.1", 9)).isEqualTo(2);
    }
}
