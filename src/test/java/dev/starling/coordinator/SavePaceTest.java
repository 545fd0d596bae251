package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SavePaceTest {

    private final AtomicLong nanos = new AtomicLong();

    private void seconds(double seconds) {
        nanos.addAndGet((long) (seconds * 1e9));
    }

    private SavePace saved(double share, double cost) {
        SavePace pace = new SavePace(share, nanos::get);
        for (int i = 0; i < 2; i++) {
            assertThat(pace.due()).isTrue();
            pace.starts();
            seconds(cost);
            pace.ends();
        }
        return pace;
    }

    @Test
    void savingTakesNoMoreThanItsShare() {
        SavePace pace = saved(0.02, 1);
        seconds(49.9);
        assertThat(pace.due()).isFalse();
        seconds(0.2);
        assertThat(pace.due()).isTrue();
    }

    @Test
    void aStateIsNeverOlderThanFiveMinutes() {
        SavePace pace = saved(0.02, 100);
        seconds(299);
        assertThat(pace.due()).isFalse();
        seconds(2);
        assertThat(pace.due()).isTrue();
    }

    @Test
    void anInfiniteShareSavesEveryRound() {
        assertThat(saved(Double.POSITIVE_INFINITY, 10).due()).isTrue();
    }
}
