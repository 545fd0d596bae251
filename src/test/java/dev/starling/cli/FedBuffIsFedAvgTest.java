package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.Staleness;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * FedBuff whose buffer holds all devices at work is FedAvg where devices are equally fast: all report at one moment,
 * that moment is an update, nobody is stale. Both ask the whole fleet, since their draws of a part of it differ, and all
 * devices have as many examples, since FedBuff does not weigh by them (Nguyen et al. 2022, algorithm 1). Then weights,
 * tasks and seeds are the same numbers and the fixed-point sum does not depend on order: the same bits, not only the
 * same model.
 */
class FedBuffIsFedAvgTest {

    private static final int DEVICES = 16;

    private static final String FLEET = """
            data {
              source { kind = glyphs, train-examples = 480, test-examples = 100 }
              hold-back = 0
            }
            model.network = "mlp(12)"
            local { epochs = 2, batch = 7, learning-rate = 0.05, momentum = 0.5 }
            algorithm.server { kind = momentum, learning-rate = 0.5 }
            fleet.devices = 16
            fleet.classes { phone { spread = 0 } }
            rounds.max = 6
            """;

    private static final String FED_AVG = FLEET + "rounds.cohort = all\n";
    private static final String FED_BUFF =
            FLEET + "rounds.asynchronous { kind = fedbuff, buffer = 16, concurrency = 16 }\n";

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void withEqualPhonesAndTheBufferOfAllBothGiveTheSameBitsInEveryRound(long seed) {
        FleetInOneJvm.Run average = FleetInOneJvm.run(FED_AVG + "seed = " + seed, 2, directory);
        FleetInOneJvm.Run buffered = FleetInOneJvm.run(FED_BUFF + "seed = " + seed, 2, directory);

        assertThat(average.outcome().phase()).isEqualTo(Phase.DONE);
        assertThat(average.rounds()).hasSize(6).allSatisfy(round -> {
            assertThat(round.reported()).isEqualTo(DEVICES);
            assertThat(round.deltaNorm()).isPositive();
            assertThat(round.fleet().staleness()).isEqualTo(Staleness.NONE);
        });
        assertThat(buffered.root()).isEqualTo(average.root());
        assertThat(buffered.closes()).isEqualTo(average.closes());
        assertThat(figures(buffered)).isEqualTo(figures(average));
        for (int i = 0; i < average.rounds().size(); i++) {
            // A mean over devices here, as they weigh the same; over examples there.
            assertThat(buffered.rounds().get(i).trainLoss())
                    .isCloseTo(average.rounds().get(i).trainLoss(), within(1e-12));
        }
        assertThat(buffered.rounds())
                .extracting(round -> round.fleet().staleness())
                .containsOnly(Staleness.of(IntStream.generate(() -> 0).limit(DEVICES)));
    }

    /** What a round did to the base, to the last bit, and what it cost. */
    private static List<List<Object>> figures(FleetInOneJvm.Run run) {
        return run.rounds().stream().map(FedBuffIsFedAvgTest::figures).toList();
    }

    private static List<Object> figures(RoundRecord round) {
        return List.of(
                round.version(),
                round.evaluation().orElseThrow(),
                round.deltaNorm(),
                round.localSteps(),
                round.downBytes(),
                round.fleet().joules());
    }

    /** The same fleet and the same number of reports, but half a buffer: stale, and another model. */
    @Test
    void aSmallerBufferIsNotFedAvg() {
        String half = FLEET + "rounds { max = 12, asynchronous { kind = fedbuff, buffer = 8, concurrency = 16 } }";
        FleetInOneJvm.Run buffered = FleetInOneJvm.run(half, 2, directory);

        assertThat(buffered.root())
                .isNotEqualTo(FleetInOneJvm.run(FED_AVG, 2, directory).root());
        assertThat(buffered.rounds())
                .anySatisfy(round -> assertThat(round.fleet().staleness().max()).isPositive());
    }
}
