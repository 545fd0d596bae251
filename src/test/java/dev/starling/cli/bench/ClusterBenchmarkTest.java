package dev.starling.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.cli.processes.ProcessFailure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("cluster")
class ClusterBenchmarkTest {

    @TempDir
    private Path directory;

    private List<ClusterCost> measure(String scenario) throws Exception {
        return new ClusterBenchmark(Path.of("simulations", scenario), List.of(1, 2), 2, 2, 1).measure(directory);
    }

    @Test
    void aRunOnOneJvmAndOneOnTwoTakeTurns() throws Exception {
        List<ClusterCost> costs = measure("quickstart.conf");
        assertThat(costs).extracting(ClusterCost::jvms).containsExactly(1, 2);
        assertThat(costs).extracting(ClusterCost::threadsEach).containsExactly(2, 1);
        assertThat(costs).allSatisfy(cost -> {
            assertThat(cost.rounds()).isPositive();
            assertThat(cost.millisPerRound()).isPositive().isFinite();
            // While one run goes on the other takes nothing: both together have no more than the machine's cores.
            assertThat(cost.coreMillisPerRound())
                    .isPositive()
                    .isLessThan(1.1 * Runtime.getRuntime().availableProcessors() * cost.millisPerRound() + 50);
        });
        assertThat(costs.get(0).ratio()).isEqualTo(1);
    }

    @Test
    void aRunThatCannotBeginIsToldOfInItsOwnWords() {
        assertThatThrownBy(() -> measure("nowhere.conf"))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("ended with exit code 2")
                .hasMessageContaining("nowhere.conf");
    }
}
