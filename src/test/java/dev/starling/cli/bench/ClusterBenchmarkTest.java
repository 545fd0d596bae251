package dev.starling.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("cluster")
class ClusterBenchmarkTest {

    @TempDir
    private Path directory;

    /** One contender, to be quick; it stands still between its turns all the same. */
    @Test
    void aRunOnTwoJvmsTakesItsTurnsAndEnds() throws Exception {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        List<ClusterCost> costs =
                new ClusterBenchmark(Path.of("simulations/quickstart.conf"), List.of(2), 2, 2, 1).measure(directory);
        assertThat(costs).singleElement().satisfies(cost -> {
            assertThat(cost.threadsEach()).isEqualTo(1);
            assertThat(cost.rounds()).isPositive();
            assertThat(cost.ratio()).isEqualTo(1);
            assertThat(cost.medianRatio()).isEqualTo(1);
            int cores = Runtime.getRuntime().availableProcessors();
            assertThat(cost.coreMillisPerRound()).isPositive().isLessThan(1.2 * cores * cost.millisPerRound() + 50);
        });
        assertThat(ProcessHandle.current().children().toList()).isSubsetOf(before);
    }
}
