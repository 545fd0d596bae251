package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.data.DataLoader;
import dev.starling.data.DataShape;
import dev.starling.data.FederatedData;
import dev.starling.data.NpyArray;
import dev.starling.data.NpzWriter;
import dev.starling.data.RawData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code data.classes}: how many there are, whichever occur. */
class ClassesTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind = glyphs, train-examples = 40, test-examples = 10",
                "kind = synthetic, test-examples = 10",
                "kind = synthetic-pool, pool-examples = 200, groups = 2, test-examples = 10",
                "kind = keyboard, examples = 5, test-examples = 5"
            })
    void everySourceHasAsManyAsIsSaid(String source) {
        Scenario scenario = Told.scenario(
                "data { classes = 40, source { " + source + " } }\nfleet.devices = 2\n" + "rounds.cohort = 2");
        RawData raw = ScenarioData.load(scenario);
        FederatedData data = raw.featurized(raw.fitFeaturizer());
        assertThat(data.shape().outputs()).isEqualTo(40);
        assertThat(DataLoader.shape(scenario.data())).isEqualTo(data.shape());
        assertThat(ScenarioCheck.architecture(scenario).outputs()).isEqualTo(40);
        assertThat(data.labelCounts(1)).hasSize(40);
        assertThat(data.labelCounts(1).stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(data.trainingCount(1));
    }

    @Test
    void fewerThanTheSourceHasOrAnyForNumbersAreRefused() {
        assertThat(Told.about("data.classes = 9"))
                .containsExactly("x.conf:1: data.classes must be at least the classes of data.source (10), got 9");
        assertThat(Told.about("data { classes = 3, source { kind = csv, file = a.csv, numerical = [a], target = t } }"))
                .containsExactly("x.conf:1: data.classes must be left out where numbers are predicted, got 3");
        assertThat(Told.about("data { classes = 3, source { kind = npz, file = a.npz } }\nmodel.loss = mse"))
                .containsExactly("x.conf:1: data.classes must be left out where numbers are predicted, got 3");
        assertThat(Told.about("data { classes = 3, source { kind = npz, file = a.npz }\n"
                        + "partition { kind = power-law, labels = 4 } }"))
                .containsExactly("x.conf:2: data.partition.labels must be at most the number of classes (3), got 4");
    }

    /** Six of ten classes occur; the first base has ten outputs. */
    @Test
    void aFirstBaseOfMoreClassesThanOccurFits() throws IOException {
        float[] rows = new float[24];
        int[] labels = {0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5};
        NpzWriter.write(
                directory.resolve("a.npz"),
                Map.of(
                        "x_train", NpyArray.of(List.of(12, 2), rows),
                        "y_train", NpyArray.of(List.of(12), labels),
                        "x_test", NpyArray.of(List.of(12, 2), rows),
                        "y_test", NpyArray.of(List.of(12), labels)));
        Map<String, NpyArray> base = new java.util.LinkedHashMap<>();
        base.put("weight", NpyArray.of(List.of(10, 2), new float[20]));
        base.put("bias", NpyArray.of(List.of(10), new float[10]));
        NpzWriter.write(directory.resolve("base.npz"), base);
        Path file = Files.writeString(
                directory.resolve("x.conf"),
                "data { directory = \"" + directory + "\", source { kind = npz, file = a.npz }, hold-back = 0\n"
                        + "partition { kind = power-law, labels = 3, smallest = 3 } }\n"
                        + "model { network = logistic, init-from = base.npz }\nfleet.devices = 2\nrounds.cohort = 1\n");
        List<String> ten = List.of("data.classes=10");

        Scenario scenario = ScenarioCheck.read(file, ten, OptionalLong.empty(), Long.MAX_VALUE);
        assertThat(DataLoader.shape(scenario.data())).isEqualTo(new DataShape(List.of(2), 10, true));
        RawData raw = ScenarioData.load(scenario);
        assertThat(raw.featurized(raw.fitFeaturizer()).labelCounts(0))
                .as("no device is given a class that does not occur")
                .hasSize(10)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToInt(Integer::intValue).sum())
                        .isGreaterThanOrEqualTo(3));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> ScenarioCheck.read(file, List.of(), OptionalLong.empty())))
                .hasMessageContaining("must have shape [6, 2]");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> ScenarioCheck.read(
                        file,
                        List.of("model.layers=[{type=dense,units=10,output=true}]", "model.network=null"),
                        OptionalLong.empty())))
                .hasMessageContaining("must have 6 outputs")
                .hasMessageContaining("set data.classes");
    }
}
