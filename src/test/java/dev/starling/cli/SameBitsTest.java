package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.FleetInOneJvm.Run;
import dev.starling.metrics.Phase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Same scenario and seed, same bits: whatever the threads, and whichever devices are alive. */
class SameBitsTest {

    private static final String SCENARIO = """
            seed = 7
            data {
              source { kind = glyphs, train-examples = 600, test-examples = 100 }
              partition { kind = log-normal, smallest = 5 }
              hold-back = 0.2
            }
            model.network = "mlp(16)"
            local { epochs = 2, batch = 7, learning-rate = 0.05, momentum = 0.5 }
            fleet.devices = 20
            fleet.classes { slow { share = 0.5, drop-out = 0.2 }, fast { share = 0.5, flops-per-second = 1e10 } }
            rounds { max = 6, cohort = 6, over-selection = 1.5 }
            """;

    @TempDir
    private static Path shared = Path.of("set by JUnit");

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private static Run reference;

    @BeforeAll
    static void runOnce() {
        reference = FleetInOneJvm.run(SCENARIO, 2, shared);
    }

    @Test
    void theReferenceRunDidRealWork() {
        assertThat(reference.outcome().phase()).isEqualTo(Phase.DONE);
        assertThat(reference.outcome().version()).isEqualTo(6);
        assertThat(reference.root()).hasSize(64);
        assertThat(reference.rounds()).allSatisfy(round -> {
            assertThat(round.reported()).isPositive();
            assertThat(round.deltaNorm()).isPositive();
        });
        assertThat(reference.outcome().devices()).hasSize(20);
        assertThat(reference.outcome().devices())
                .filteredOn(device -> device.reported() > 0)
                .isNotEmpty()
                .anySatisfy(device -> assertThat(device.personal()).isNotEqualTo(device.base()));
    }

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 2, 4})
    void threadsDoNotMatter(int threads) {
        assertSameRun(FleetInOneJvm.run(SCENARIO, threads, directory));
    }

    @Test
    void anotherSeedGivesAnotherModel() {
        assertThat(FleetInOneJvm.run(SCENARIO + "seed = 8", 2, directory).root())
                .isNotEqualTo(reference.root());
    }

    /** With three devices alive, nearly every personal model is made again when it is asked for. */
    @Test
    void devicesThatWereStoppedAreMadeAgainBitForBit() {
        assertSameRun(FleetInOneJvm.withFewLiveDevices(3, SCENARIO, 2, directory));
    }

    private static void assertSameRun(Run run) {
        assertThat(run.root()).isEqualTo(reference.root());
        assertThat(run.closes()).isEqualTo(reference.closes());
        assertThat(run.rounds())
                .extracting(round -> round.evaluation().orElseThrow())
                .isEqualTo(reference.rounds().stream()
                        .map(round -> round.evaluation().orElseThrow())
                        .toList());
        assertThat(run.rounds())
                .extracting(round -> round.trainLoss())
                .isEqualTo(reference.rounds().stream()
                        .map(round -> round.trainLoss())
                        .toList());
        // Evaluation figures, of the personal models too, are compared to the last bit.
        assertThat(run.outcome().devices())
                .hasSize(20)
                .isEqualTo(reference.outcome().devices());
    }
}
