package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.data.FederatedData;
import dev.starling.model.Examples;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a fleet must do what one machine would do, it does: the machine is written here, in plain double arithmetic. */
class CentralTrainingTest {

    private static final int ROUNDS = 6;

    private static final String FLEET = """
            data {
              directory = src/test/resources/parity
              source { kind = npz, file = data.npz }
              hold-back = 0
            }
            model { network = logistic, init-from = init.npz }
            evaluate-devices = false
            rounds { max = 6, cohort = all }
            """;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private static void assertSameModel(FleetInOneJvm.Run run, double[] expected, double[] initial) {
        assertThat(run.rounds()).hasSize(ROUNDS);
        double[] found = SoftmaxRegression.doubles(run.outcome().base().toFloats());
        assertThat(found).containsExactly(expected, within(1e-5));
        double moved = IntStream.range(0, found.length)
                .mapToDouble(at -> Math.abs(found[at] - initial[at]))
                .max()
                .orElseThrow();
        assertThat(moved).isGreaterThan(0.01);
    }

    @Test
    void fedAvgOfFullBatchesOfAllDevicesIsGradientDescent() {
        String text = FLEET + "data.partition.kind = from-file, fleet.devices = 200\n"
                + "local { epochs = 1, batch = full, learning-rate = 0.05 }";
        Scenario scenario = ScenarioReader.parse(text, "central.conf");
        FederatedData data = SoftmaxRegression.data(scenario);
        double[] initial = SoftmaxRegression.initial(scenario, data);
        double[] model = initial.clone();
        for (int round = 0; round < ROUNDS; round++) {
            double[] gradient = new double[model.length];
            int examples = 0;
            for (int device = 0; device < 200; device++) {
                Examples own = data.training(device);
                SoftmaxRegression.addGradient(model, own, 0, own.count(), gradient);
                examples += own.count();
            }
            for (int i = 0; i < model.length; i++) {
                model[i] -= 0.05 * gradient[i] / examples;
            }
        }
        assertSameModel(FleetInOneJvm.run(text, 2, directory), model, initial);
    }

    @Test
    void dataParallelStepsAreStepsOfOneLargeBatch() {
        String text = FLEET + "data.partition.kind = iid, fleet.devices = 8, algorithm.kind = data-parallel\n"
                + "local { batch = 16, learning-rate = 0.1, weight-decay = 0.02, shuffle = false }";
        Scenario scenario = ScenarioReader.parse(text, "central.conf");
        FederatedData data = SoftmaxRegression.data(scenario);
        double[] initial = SoftmaxRegression.initial(scenario, data);
        double[] model = initial.clone();
        for (int step = 0; step < ROUNDS; step++) {
            double[] gradient = new double[model.length];
            for (int device = 0; device < 8; device++) {
                SoftmaxRegression.addGradient(model, data.training(device), 16 * step, 16, gradient);
            }
            for (int i = 0; i < model.length; i++) {
                model[i] -= 0.1 * (gradient[i] / (8 * 16) + 0.02 * model[i]);
            }
        }
        assertSameModel(FleetInOneJvm.run(text, 2, directory), model, initial);
    }
}
