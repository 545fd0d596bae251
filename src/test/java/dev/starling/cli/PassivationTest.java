package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.FleetInOneJvm.Run;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node keeps no more devices alive than it was told to, however many work, and that changes no bit. */
class PassivationTest {

    private static final int LIMIT = 500;

    /** Devices that are being stopped still count: those that are at work end that first, and so many tasks are under way at most. */
    private static final int UNDER_WAY = 512;

    private static final String SCENARIO = """
            seed = 3
            data.source { kind = synthetic-pool, iid = true, groups = 1, pool-examples = 4000, max-examples = 60, test-examples = 50 }
            model { network = logistic, init = zero }
            local { epochs = 1, batch = 20 }
            fleet.devices = 20000
            rounds { max = 4, cohort = 2500, evaluate-every = 4 }
            evaluate-devices = false
            """;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @Test
    void liveDevicesStayWithinTheBoundUnderLoad() {
        Census bounded = new Census();
        Run few = FleetInOneJvm.withFewLiveDevices(LIMIT, SCENARIO, 2, directory.resolve("few"), bounded);
        Census free = new Census();
        Run all = FleetInOneJvm.run(SCENARIO, 2, directory.resolve("all"), free);

        assertThat(few.root()).isEqualTo(all.root()).hasSize(64);
        assertThat(bounded.counts).as("times counted").isGreaterThan(20);
        assertThat(bounded.most).isBetween(LIMIT / 2L, (long) LIMIT + UNDER_WAY);
        // Four cohorts of an eighth of the fleet: what the load would have been.
        assertThat(free.most).isGreaterThan(7_000);
    }

    /** Counts live devices whenever reports arrive, while others are at work. */
    private static final class Census implements RunListener {
        private long most;
        private int counts;

        private void count() {
            try {
                ObjectName node = new ObjectName("dev.starling:type=Node");
                Object live = ManagementFactory.getPlatformMBeanServer().getAttribute(node, "LiveDevices");
                most = Math.max(most, (Long) live);
                counts++;
            } catch (JMException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void started(RunInfo info) {}

        @Override
        public void phase(Phase phase) {}

        @Override
        public void progress(int round, int reported, int expected) {
            count();
        }

        @Override
        public void roundCommitted(RoundRecord round) {
            count();
        }

        @Override
        public void finished(RunOutcome outcome) {}
    }
}
