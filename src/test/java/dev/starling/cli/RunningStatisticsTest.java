package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.model.Snapshot;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Running statistics are averages of what devices measured, whatever is done with what they learnt. With a learning
 * rate that moves no weight they do not depend on it: what plain averaging leads to is right for all.
 */
class RunningStatisticsTest {

    private static final String FLEET = """
            data {
              source { kind = glyphs, train-examples = 400, test-examples = 50 }
              partition.kind = iid
              hold-back = 0
            }
            model.layers = [{ type = dense, units = 5, activation = linear }, { type = batch-norm }]
            evaluate-devices = false
            fleet.devices = 10
            """;
    private static final String ROUNDS =
            FLEET + "local { batch = 10, learning-rate = 1e-30 }, rounds { max = 6, cohort = 5 }\n";

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private float[] statistics(String settings) {
        Snapshot model = FleetInOneJvm.run(settings, 2, directory).outcome().base();
        int at = model.layout().offset(4);
        assertThat(model.layout().tensors().get(4).name()).isEqualTo("1.batch-norm.running-mean");
        float[] found = new float[10];
        model.floats().get(at, found);
        return found;
    }

    private static void assertMeasured(float[] statistics) {
        for (int c = 5; c < 10; c++) {
            assertThat(statistics[c]).as("variance %d", c - 5).isPositive().isNotEqualTo(1f);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"momentum", "adagrad", "adam", "yogi"})
    void noServerOptimizerStepsAlongThem(String kind) {
        float[] averaged = statistics(ROUNDS);

        assertMeasured(averaged);
        assertThat(statistics(ROUNDS + "algorithm.server { kind = " + kind + ", learning-rate = 0.5 }"))
                .containsExactly(averaged);
    }

    @Test
    void aLargerServerStepMovesThemNoFurther() {
        assertThat(statistics(ROUNDS + "algorithm.server.learning-rate = 3")).containsExactly(statistics(ROUNDS));
    }

    /** A round of data-parallel training is a round of devices that train on one batch, all they have. */
    @Test
    void theyMoveInDataParallelTrainingAsInAveraging() {
        String everybody = FLEET + "local { batch = 40, learning-rate = 1e-30 }, rounds { max = 6, cohort = all }\n";
        float[] averaged = statistics(everybody);
        float[] parallel = statistics(everybody + "algorithm { kind = data-parallel, server.kind = momentum }");

        assertMeasured(averaged);
        for (int i = 0; i < averaged.length; i++) {
            assertThat(parallel[i]).isCloseTo(averaged[i], within(1e-5f));
        }
    }

    /** Ten devices that all started from a variance of 1 would each take away most of it, one after the other. */
    @ParameterizedTest
    @ValueSource(strings = {"kind = fedbuff, buffer = 2, concurrency = 10", "kind = fedasync, concurrency = 10"})
    void staleReportsNeverAddUpToAVarianceBelowZero(String asynchronous) {
        float[] found = statistics(FLEET + """
                local { batch = 4, epochs = 5, learning-rate = 1e-30 }
                model.layers = [{ type = dense, units = 5, activation = tanh }, { type = batch-norm }]
                rounds.max = 12
                rounds.asynchronous { %s }
                """.formatted(asynchronous));

        assertMeasured(found);
        for (int c = 5; c < 10; c++) {
            assertThat(found[c]).as("tanh has values within 1").isLessThan(1f);
        }
    }
}
