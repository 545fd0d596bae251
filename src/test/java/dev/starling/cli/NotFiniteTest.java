package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.InputException;
import dev.starling.data.InitialModel;
import dev.starling.data.NpzWriter;
import dev.starling.metrics.Phase;
import dev.starling.model.Evaluation;
import dev.starling.model.Snapshot;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A base that is not finite is never committed, and what its scores would be is not shown as an accuracy. */
class NotFiniteTest {

    private static final String FLEET = """
            data { source { kind = glyphs, train-examples = 100, test-examples = 20 }, hold-back = 0 }
            model { network = logistic, init = zero }
            local { batch = 10, learning-rate = 0.5 }
            fleet.devices = 6
            rounds.max = 3
            """;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sgd | rounds.cohort = all | 0",
                "momentum | rounds.cohort = all | 0",
                "adam | rounds.cohort = all | 0",
                "sgd | rounds.asynchronous { kind = fedbuff, buffer = 2, concurrency = 4 } | 0",
                "sgd | rounds { cohort = all, tiers.regional-rounds = 2 }, fleet.regions { e.share = 1/2, w.share = 1/2 } | 1"
            })
    void theRunEndsWithWhatWasBefore(String server, String rounds, int committed) {
        String scenario = FLEET + "algorithm.server { kind = " + server + ", learning-rate = 1e41 }\n" + rounds;
        FleetInOneJvm.Run run = FleetInOneJvm.run(scenario, 2, directory);

        assertThat(run.outcome().phase()).isEqualTo(Phase.FAILED);
        assertThat(run.outcome().failure())
                .contains(
                        "round " + (committed + 1) + " would lead to a base model that is not finite (0.dense.weight[")
                .contains("algorithm.server.learning-rate (1.0E41) or local.learning-rate (0.5) must be smaller")
                .doesNotContain("Exception");
        assertThat(run.rounds()).hasSize(committed);
        for (float value : run.outcome().base().toFloats()) {
            assertThat(value).isFinite();
        }
    }

    @Test
    void aFirstBaseFromAFileHasFiniteValues() {
        TensorLayout layout = new TensorLayout(List.of(new TensorSpec("0.dense.bias", List.of(2))));
        Path file = directory.resolve("init.npz");
        NpzWriter.write(file, Snapshot.of(layout, new float[] {1, Float.NaN}));

        assertThatThrownBy(() -> InitialModel.read(file, layout))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("init.npz: 0.dense.bias: must hold finite float32 values, got NaN at element 1");
    }

    @Test
    void withoutALossThereIsNoAccuracy() {
        assertThat(new Evaluation(10, Double.NaN, 7, 0, 0).accuracy()).isNaN();
        assertThat(new Evaluation(10, Double.POSITIVE_INFINITY, 7, 0, 0).accuracy())
                .isNaN();
        assertThat(new Evaluation(10, 3, 7, 0, 0).accuracy()).isEqualTo(0.7);
    }
}
