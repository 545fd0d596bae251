package dev.starling.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbationTest {

    private final Probation probation = new Probation();

    private Optional<String> last(int ticks, boolean known, long bytes, boolean within) {
        Optional<String> reason = Optional.empty();
        for (int i = 0; i < ticks; i++) {
            assertThat(reason).as("after %d ticks", i).isEmpty();
            reason = probation.tick(known, bytes, within);
        }
        return reason;
    }

    @Test
    void aStrangerHasTenTicksWhateverItSends() {
        for (int i = 1; i < Probation.TICKS; i++) {
            assertThat(probation.tick(false, 100L * i, i % 2 == 0)).isEmpty();
        }
        assertThat(probation.tick(false, 5000, false)).contains("it did not show in time that it is of a node");
        assertThat(probation.isSettled()).isFalse();
    }

    @Test
    void aNodeMayBeSilentForAsLongAsItLikes() {
        assertThat(last(9, false, 5, false)).isEmpty();
        assertThat(last(1000, true, 5, false)).isEmpty();
        assertThat(probation.isSettled()).isTrue();
    }

    @Test
    void aNodeMustGoOnWithWhatItHasBegun() {
        probation.settle();
        assertThat(probation.tick(true, 100, true)).isEmpty();
        assertThat(last(9, true, 100, true)).isEmpty();
        assertThat(probation.tick(true, 100, true)).contains("it stopped within a frame");
    }

    /** However slowly; and a stop counts from the last byte, not from the last whole frame. */
    @Test
    void aFrameThatGrowsIsWaitedFor() {
        probation.settle();
        for (int i = 0; i < 100; i++) {
            assertThat(probation.tick(true, 100 + i / 9, true)).isEmpty();
        }
    }

    @Test
    void aConnectionOfANodeThatIsGoneGoesToo() {
        assertThat(probation.tick(true, 5, false)).isEmpty();
        assertThat(probation.tick(false, 5, false)).contains("its node is gone");
    }
}
