package dev.starling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

    @Test
    void countsErrorsOfARegression() {
        Architecture identity =
                Architecture.of(TestModels.model(Loss.MSE, new LayerSpec.Dense(2, Activation.LINEAR)), List.of(2), 2);
        ArrayExamples examples = ArrayExamples.targeted(new float[] {1, 2, 3, 4}, 2, new float[] {1, 1, 0, 4});
        try (Evaluator evaluator = new Evaluator(identity);
                Parameters weights = Parameters.of(Snapshot.of(identity.layout(), new float[] {1, 0, 0, 1, 0, 0}))) {
            Evaluation all = evaluator.evaluate(weights, examples, 0, 2);
            assertThat(all).isEqualTo(new Evaluation(2, 5, 0, 2, 5)); // errors 0, 1 and 3, 0; means over outputs
            assertThat(all.loss()).isEqualTo(2.5);
            assertThat(evaluator.evaluate(weights, examples, 1, 2)).isEqualTo(new Evaluation(1, 4.5, 0, 1.5, 4.5));
        }
    }

    @Test
    void countsCorrectLabelsOverManyBlocks() {
        Architecture identity = Architecture.of(
                TestModels.model(Loss.CROSS_ENTROPY, new LayerSpec.Dense(3, Activation.LINEAR)), List.of(3), 3);
        int rows = 2 * Evaluator.block(identity) + 17;
        float[] features = new float[rows * 3];
        float[] labels = new float[rows];
        for (int i = 0; i < rows; i++) {
            features[i * 3 + i % 3] = 2;
            labels[i] = i % 5 == 0 ? (i + 1) % 3 : i % 3;
        }
        try (Evaluator evaluator = new Evaluator(identity);
                Parameters weights = Parameters.of(
                        Snapshot.of(identity.layout(), new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0}))) {
            Evaluation all = evaluator.evaluate(weights, ArrayExamples.classified(features, rows, labels), 0, rows);
            int wrong = (rows + 4) / 5;
            assertThat(all.correct()).isEqualTo(rows - wrong);
            double hit = Math.log(Math.exp(2) + 2) - 2;
            assertThat(all.lossSum()).isCloseTo((rows - wrong) * hit + wrong * (hit + 2), within(1e-4));
        }
    }
}
