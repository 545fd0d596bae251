package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SavePaceTest {

    private final AtomicLong nanos = new AtomicLong();

    private void seconds(double seconds) {
        nanos.addAndGet((long) (seconds * 1e9));
    }

    private void save(SavePace pace, double cost) {
        pace.starts();
        seconds(cost);
        pace.ends();
    }

    /** Also while a run is young, and whatever a single state takes: here between none and twice the usual. */
    @Test
    void savingTakesNoMoreThanItsShareOfAnyRun() {
        double usual = 0.02;
        SplittableRandom random = new SplittableRandom(1);
        SavePace pace = new SavePace(SavePace.USUAL_SHARE, nanos::get);
        double saving = 0;
        int times = 0;
        for (double training = 0; training < 600; training += 0.05) {
            if (pace.due()) {
                double cost = 2 * usual * random.nextDouble();
                save(pace, cost);
                saving += cost;
                times++;
            }
            assertThat(saving).as("after %.2f s", training).isLessThan(SavePace.USUAL_SHARE * training + 2 * usual);
            seconds(0.05);
        }
        assertThat(times).as("and not much less often").isBetween(300, 600);
    }

    @Test
    void theNextStateIsSavedWhenItWillHaveEarnedWhatItTakes() {
        SavePace pace = new SavePace(0.02, nanos::get);
        assertThat(pace.due()).isTrue();
        save(pace, 3);
        seconds(149.9);
        assertThat(pace.due()).isFalse();
        seconds(0.2);
        assertThat(pace.due()).isTrue();
        save(pace, 1);
        seconds(99.8);
        assertThat(pace.due()).as("one to make up for, one to come").isFalse();
        seconds(0.2);
        assertThat(pace.due()).isTrue();
    }

    @Test
    void aStateIsNeverOlderThanFiveMinutes() {
        SavePace pace = new SavePace(0.02, nanos::get);
        save(pace, 100);
        seconds(299);
        assertThat(pace.due()).isFalse();
        seconds(2);
        assertThat(pace.due()).isTrue();
    }

    @Test
    void anInfiniteShareSavesEveryRound() {
        SavePace pace = new SavePace(Double.POSITIVE_INFINITY, nanos::get);
        for (int i = 0; i < 3; i++) {
            assertThat(pace.due()).isTrue();
            save(pace, 10);
        }
    }
}
