package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.metrics.RoundRecord;
import dev.starling.model.Evaluation;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A federated experiment done elsewhere, in float64, gives the same figures here, round for round. */
class ParityTest {

    private static final Path PARITY = Path.of("src/test/resources/parity");

    private static final String SCENARIO = """
            data {
              directory = %s
              source { kind = npz, file = data.npz }
              partition.kind = from-file
              hold-back = 0
            }
            model { network = logistic, init-from = init.npz }
            local { epochs = 3, batch = 10, learning-rate = 0.05, shuffle = false }
            fleet.devices = 200
            rounds { max = 10, cohort = 20, cohorts = cohorts.npy }
            evaluate-devices = false
            """.formatted(PARITY);

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "fedavg E=3 B=10 lr=0.05, ''",
        "fedprox mu=1.0, 'algorithm { kind = fedprox, mu = 1.0 }'",
        "momentum 0.9 lr=0.01, 'local { momentum = 0.9, learning-rate = 0.01 }'",
        "weight decay 0.01 full batch E=1 lr=0.5, "
                + "'local { weight-decay = 0.01, batch = full, epochs = 1, learning-rate = 0.5 }'"
    })
    void everyRoundAgreesWithTheIndependentProgram(String setting, String settings) throws IOException {
        JsonNode expected = new ObjectMapper()
                .readTree(PARITY.resolve("expected.json").toFile())
                .get(setting);

        FleetInOneJvm.Run run = FleetInOneJvm.run(SCENARIO + settings, 2, directory);

        assertThat(run.rounds()).hasSize(10).hasSize(expected.size());
        for (RoundRecord round : run.rounds()) {
            JsonNode there = expected.get(round.round() - 1);
            Evaluation here = round.evaluation().orElseThrow();
            assertThat(here.loss())
                    .as("loss after round %d", round.round())
                    .isCloseTo(there.get("loss").asDouble(), within(1e-4));
            assertThat(here.accuracy())
                    .as("accuracy after round %d", round.round())
                    .isCloseTo(there.get("accuracy").asDouble(), within(2e-3));
        }
    }
}
