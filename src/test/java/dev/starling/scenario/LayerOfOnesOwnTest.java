package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.data.DataLoader;
import dev.starling.data.FederatedData;
import dev.starling.data.RawData;
import dev.starling.model.Architecture;
import dev.starling.model.Examples;
import dev.starling.model.LocalTrainer;
import dev.starling.model.Parameters;
import dev.starling.model.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The layer that the README shows: {@link org.example.Scale}, in a scenario. */
class LayerOfOnesOwnTest {

    private static final Scenario SCENARIO = Told.scenario("""
                    data.source { kind = synthetic, features = 4, classes = 3 }
                    model.layers = [
                      { type = dense, units = 5, activation = tanh }
                      { type = custom, class = org.example.Scale }
                    ]""");
    private static final Architecture MODEL = ScenarioCheck.architecture(SCENARIO);
    private static final int EXAMPLES = 6;

    @Test
    void readmeShowsItAsItIs() throws IOException {
        String example = Files.readString(Path.of("src/test/java/org/example/Scale.java"));

        assertThat(Files.readString(Path.of("README.md")))
                .contains(example.lines()
                        .skip(2)
                        .filter(line -> !line.startsWith("import"))
                        .collect(Collectors.joining("\n"))
                        .strip());
    }

    @Test
    void itsTensorIsNamed() {
        assertThat(MODEL.layout().tensors().get(2).name()).isEqualTo("1.scale.factor");
        assertThat(MODEL.layout().count()).isEqualTo(4 * 5 + 5 + 5 + 5 * 3 + 3);
    }

    /** Against central differences of the loss, factor by factor and weight by weight. */
    @Test
    void itsGradientIsThatOfTheLoss() {
        RawData raw = DataLoader.load(SCENARIO.data(), 1, new Seeds(1));
        FederatedData data = raw.featurized(raw.fitFeaturizer());
        Examples examples = data.test();
        int[] order = IntStream.range(0, EXAMPLES).toArray();
        float[] start = MODEL.initial(SCENARIO.model().initializer(), new Seeds(1).of(Purpose.INITIAL_MODEL))
                .toFloats();
        try (LocalTrainer trainer = new LocalTrainer(MODEL);
                Parameters gradient = Parameters.allocate(MODEL.layout())) {
            loss(trainer, gradient, start, examples, order);
            float[] found = gradient.snapshot().toFloats();
            for (int i = 0; i < start.length; i++) {
                float[] up = start.clone();
                float[] down = start.clone();
                up[i] += 1e-2f;
                down[i] -= 1e-2f;
                double slope =
                        (loss(trainer, gradient, up, examples, order) - loss(trainer, gradient, down, examples, order))
                                / (EXAMPLES * ((double) up[i] - down[i]));
                assertThat((double) found[i]).as("parameter %d", i).isCloseTo(slope, within(2e-3));
            }
        }
    }

    /** Leaves the gradient at {@code at} in {@code gradient}. */
    private static double loss(LocalTrainer trainer, Parameters gradient, float[] at, Examples examples, int[] order) {
        try (Parameters weights = Parameters.of(Snapshot.of(MODEL.layout(), at))) {
            return trainer.gradient(weights, gradient, examples, order, 0, EXAMPLES)
                    .lossSum();
        }
    }

    @Test
    void layersThatFollowItFitItsShape() {
        assertThat(MODEL.table().get(1).shape()).isEqualTo(List.of(5));
    }
}
