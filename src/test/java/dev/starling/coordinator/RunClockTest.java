package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metrics.ClusterFigures;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunClockTest {

    /** Counts as a node does. */
    private static final class Traffic implements ClusterFigures {

        private final TreeMap<Integer, Long> bases = new TreeMap<>();
        private long bytes;

        void carries(long more) {
            bytes += more;
        }

        void carriesBase(int version, long more) {
            bytes += more;
            bases.merge(version, more, Long::sum);
        }

        @Override
        public long runBytes() {
            return bytes;
        }

        @Override
        public long baseBytesAfter(int version) {
            bases.headMap(version, true).clear();
            return bases.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private final Traffic traffic = new Traffic();
    private final RunClock clock = new RunClock(() -> 0);

    @Test
    void aBaseThatGoesOutEarlyCountsWithTheRoundThatRunsOnIt() {
        clock.counts(traffic);
        traffic.carriesBase(0, 1_000);
        traffic.carries(10);
        traffic.carriesBase(1, 400);
        assertThat(clock.round(0).nodeBytes()).isEqualTo(1_010);
        traffic.carriesBase(1, 200);
        traffic.carries(20);
        traffic.carriesBase(2, 300);
        assertThat(clock.round(1).nodeBytes()).isEqualTo(620);
        assertThat(clock.round(2).nodeBytes()).isEqualTo(300);
    }

    @Test
    void whatWentBeforeARunWasTakenOverIsNotItsOwn() {
        traffic.carriesBase(7, 5_000);
        traffic.carriesBase(8, 5_000);
        clock.counts(traffic);
        traffic.carries(10);
        assertThat(clock.round(6).nodeBytes()).isEqualTo(10);
        traffic.carriesBase(7, 30);
        assertThat(clock.round(7).nodeBytes()).isEqualTo(30);
    }
}
