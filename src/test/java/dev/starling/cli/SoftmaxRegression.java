package dev.starling.cli;

import dev.starling.base.Seeds;
import dev.starling.data.DataLoader;
import dev.starling.data.FederatedData;
import dev.starling.data.InitialModel;
import dev.starling.data.RawData;
import dev.starling.model.Architecture;
import dev.starling.model.Examples;
import dev.starling.scenario.Scenario;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/** Softmax regression over ten classes in plain double arithmetic: what tests of whole fleets are compared with. */
final class SoftmaxRegression {

    private static final int CLASSES = 10;

    private SoftmaxRegression() {}

    static FederatedData data(Scenario scenario) {
        RawData raw = DataLoader.load(scenario.data(), scenario.fleet().devices(), new Seeds(scenario.seed()));
        return raw.featurized(raw.fitFeaturizer());
    }

    static double[] initial(Scenario scenario, FederatedData data) {
        Architecture architecture = Architecture.of(
                scenario.model(), data.shape().input(), data.shape().outputs());
        return doubles(InitialModel.read(scenario.initialModel().orElseThrow(), architecture.layout())
                .toFloats());
    }

    static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    /** Adds the gradient of the loss sum of softmax regression over rows from … from+count−1. */
    static void addGradient(double[] model, Examples examples, int from, int count, double[] gradient) {
        int width = examples.width();
        int[] rows = IntStream.range(from, from + count).toArray();
        FloatBuffer x = FloatBuffer.allocate(count * width);
        examples.features(rows, 0, count, x);
        int[] labels = new int[count];
        examples.labels(rows, 0, count, labels);
        for (int row = 0; row < count; row++) {
            double[] scores = new double[CLASSES];
            double sum = 0;
            for (int k = 0; k < CLASSES; k++) {
                scores[k] = model[CLASSES * width + k];
                for (int j = 0; j < width; j++) {
                    scores[k] += model[k * width + j] * x.get(row * width + j);
                }
                scores[k] = Math.exp(scores[k]);
                sum += scores[k];
            }
            for (int k = 0; k < CLASSES; k++) {
                double error = scores[k] / sum - (labels[row] == k ? 1 : 0);
                gradient[CLASSES * width + k] += error;
                for (int j = 0; j < width; j++) {
                    gradient[k * width + j] += error * x.get(row * width + j);
                }
            }
        }
    }
}
