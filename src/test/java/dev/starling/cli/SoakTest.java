package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.model.Backend;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run holds does not grow with the rounds it has done, once every device has worked. */
@Tag("soak")
class SoakTest {

    private static final int WARM = 200;
    private static final int LAST = 1_000;

    /** Weighed so often, twenty rounds apart, from round {@link #WARM} on and up to round {@link #LAST}; the least counts. */
    private static final int EACH = 3;

    private static final int APART = 20;

    /** A round may leave a number or two behind (selection remembers utilities), not a record, a model or a message. */
    private static final long HEAP_BYTES_PER_ROUND = 300;

    /** The live heap of an idle cluster itself goes up and down by about this. */
    private static final long HEAP_NOISE = 500_000;

    private static final String SCENARIO = """
            seed = 4
            data {
              source { kind = synthetic-pool, iid = true, groups = 1, pool-examples = 2000, max-examples = 60, test-examples = 100 }
              partition { kind = dirichlet, alpha = 0.5 }
              bias.region.strength = 0.3
            }
            model.network = "mlp(16)"
            local { epochs = 1, batch = 20, momentum = 0.5 }
            fleet {
              devices = 60
              availability.kind = daily
              eligible = "(charging || idle) && !opted-out"
              opt-out { share = 0.05, lasts = 30 days }
              cool-down = 1 minute
            }
            rounds { max = 1001, cohort = 12, over-selection = 1.3, minimum-reports = 1, evaluate-every = 10, deadline = 5 minutes, pause = 5 minutes }
            evaluate-devices = false
            """;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @Test
    void nothingGrowsOverAThousandRounds() {
        Scales scales = new Scales();
        FleetInOneJvm.watched(SCENARIO, 2, directory, List.of(scales));

        assertThat(scales.weighed).hasSize(2 * EACH);
        Weight warm = Weight.least(scales.weighed.subList(0, EACH));
        Weight last = Weight.least(scales.weighed.subList(EACH, 2 * EACH));
        assertThat(last.heap() - warm.heap())
                .as("heap after collection, %s", scales.weighed)
                .isLessThan(HEAP_NOISE + HEAP_BYTES_PER_ROUND * (LAST - WARM));
        assertThat(last.offHeap()).as("tensors off the heap").isLessThanOrEqualTo(warm.offHeap());
        assertThat(last.direct() - warm.direct()).as("direct buffers").isLessThan(1 << 20);
        assertThat(last.threads() - warm.threads()).as("threads").isLessThanOrEqualTo(4);
    }

    /** Bytes, and threads. */
    private record Weight(long heap, long offHeap, long direct, int threads) {

        static Weight least(List<Weight> several) {
            return several.stream()
                    .reduce((a, b) -> new Weight(
                            Math.min(a.heap, b.heap),
                            Math.min(a.offHeap, b.offHeap),
                            Math.min(a.direct, b.direct),
                            Math.min(a.threads, b.threads)))
                    .orElseThrow();
        }
    }

    /** Weighs between two rounds: the coordinator, which calls, waits. */
    private static final class Scales implements RunListener {
        private final List<Weight> weighed = new ArrayList<>();

        @Override
        public void roundCommitted(RoundRecord round) {
            int since = round.round() - WARM;
            int left = LAST - round.round();
            if ((since >= 0 && since < EACH * APART && since % APART == 0)
                    || (left >= 0 && left < EACH * APART && left % APART == 0)) {
                weighed.add(weight());
            }
        }

        private static Weight weight() {
            long heap = Long.MAX_VALUE;
            for (int i = 0; i < 4; i++) {
                System.gc();
                heap = Math.min(
                        heap,
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            return new Weight(
                    heap,
                    Backend.offHeapBytes(),
                    direct,
                    ManagementFactory.getThreadMXBean().getThreadCount());
        }

        @Override
        public void started(RunInfo info) {}

        @Override
        public void phase(Phase phase) {}

        @Override
        public void progress(int round, int reported, int expected) {}

        @Override
        public void finished(RunOutcome outcome) {}
    }
}
