package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.model.Backend;
import dev.starling.protocol.Expected;
import dev.starling.protocol.Simulation;
import dev.starling.protocol.SmallRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the simulated protocol is measured by is what a real cluster, with real threads and sharding, comes to. */
class SimulatedProtocolTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @BeforeAll
    static void startKernels() {
        Backend.start();
    }

    @Test
    void aRealClusterHasTheSameRoundsAndTheSameRoot() throws IOException {
        try (Simulation simulation = new Simulation()) {
            for (SmallRun run : SmallRun.all()) {
                Expected simulated = simulation.undisturbed(run);
                FleetInOneJvm.Run real = FleetInOneJvm.run(run.scenario().text(), 2, directory.resolve(run.name()));
                assertThat(real.outcome().phase()).as(run.name()).isEqualTo(Phase.DONE);
                assertThat(real.root()).as(run.name()).isEqualTo(simulated.root());
                Map<Integer, RoundRecord> rounds = real.rounds().stream()
                        .map(Expected::timeless)
                        .collect(Collectors.toMap(RoundRecord::round, round -> round));
                assertThat(rounds).as(run.name()).isEqualTo(simulated.rounds());
                assertThat(real.outcome().devices()).as(run.name()).isEqualTo(simulated.devices());
            }
        }
    }
}
