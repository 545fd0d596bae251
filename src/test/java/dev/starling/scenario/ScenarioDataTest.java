package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.data.NpyArray;
import dev.starling.data.NpzWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a scenario once its data has been read whole. */
class ScenarioDataTest {

    private static final String TOKENS =
            "\nmodel.layers = [{ type = embed-tokens, vocabulary = 6, dimensions = 2 }, { type = gru, units = 2 }]";

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private final Map<String, NpyArray> arrays = new LinkedHashMap<>(Map.of(
            "x_train", NpyArray.of(List.of(4, 2), 0f, 1f, 2f, 3f, 4f, 5f, 0f, 1f),
            "y_train", NpyArray.of(List.of(4), 0, 1, 2, 1),
            "x_test", NpyArray.of(List.of(1, 2), 5f, 0f),
            "y_test", NpyArray.of(List.of(1), 2)));

    private Path scenario(String text) throws IOException {
        NpzWriter.write(directory.resolve("a.npz"), arrays);
        return Files.writeString(
                directory.resolve("x.conf"),
                "data { directory = \"" + directory + "\", source { kind = npz, file = a.npz } }\n"
                        + "fleet.devices = 2\nrounds { max = 1, cohort = 1 }\n" + text);
    }

    private List<String> told(long mostBytes, String text) throws IOException {
        Path file = scenario(text);
        try {
            ScenarioCheck.read(file, List.of(), OptionalLong.empty(), mostBytes);
            return List.of();
        } catch (InputException e) {
            return e.problems().stream()
                    .map(Problem::toString)
                    .map(problem -> problem.replace(directory + "/", ""))
                    .toList();
        }
    }

    private List<String> told(String text) throws IOException {
        return told(Long.MAX_VALUE, text);
    }

    @Test
    void tokensMustBeWholeAndBelowTheVocabulary() throws IOException {
        assertThat(told(TOKENS)).isEmpty();
        arrays.put("x_test", NpyArray.of(List.of(1, 2), 5f, 6f));
        assertThat(told(TOKENS))
                .containsExactly("a.npz: x_test: must be whole numbers from 0 to 5, as they are embedded, got 6.0 at"
                        + " element 1 [0, 1]");
        arrays.put("x_train", NpyArray.of(List.of(4, 2), 0f, 1f, 2f, 2.5f, 4f, 5f, 0f, -1f));
        assertThat(told(TOKENS))
                .containsExactly("a.npz: x_train: must be whole numbers from 0 to 5, as they are embedded, got 2.5 at"
                        + " element 3 [1, 1]");
        arrays.put("x_train", NpyArray.of(List.of(4, 2), 0f, 1f, 2f, 2f, 4f, 5f, 0f, 1f));
        assertThat(told(TOKENS + "\ndata.features.scale = 1/2"))
                .containsExactly("a.npz: x_train: must be whole numbers from 0 to 5, as they are embedded, got 0.5 at"
                        + " element 1 [0, 1], which data.features made of 1.0");
    }

    @Test
    void embeddedColumnsAloneMustBeWhole() throws IOException {
        String column =
                "\nmodel.layers = [{ type = embed-columns, columns = [{ column = 1, categories = 5, dimensions = 1 }]"
                        + " }, { type = dense, output = true }]";
        arrays.put("x_train", NpyArray.of(List.of(4, 2), 0.5f, 1f, 2f, 3f, 4f, 5f, 0f, 1f));
        assertThat(told(column))
                .containsExactly("a.npz: x_train: must be whole numbers from 0 to 4, as they are embedded, got 5.0 at"
                        + " element 5 [2, 1]");
    }

    @Test
    void whatDrawsFractionsCannotBeEmbedded() {
        String synthetic =
                "data.source { kind = synthetic, features = 2 }\nmodel.layers = [{ type = dense, units = 2 },"
                        + " { type = embed-tokens, vocabulary = 6, dimensions = 2 }, { type = gru, units = 10 }]";
        assertThat(message(synthetic)).contains("embed-tokens looks up whole numbers and must be the first layer");
        assertThat(message(synthetic.replace("{ type = dense, units = 2 },", "")))
                .contains("synthetic draws fractions, but the model embeds whole numbers");
    }

    private static String message(String text) {
        try {
            ScenarioData.load(Told.scenario(text));
            return "";
        } catch (InputException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void targetsOfASigmoidMustBeShares() throws IOException {
        String sigmoid = "model.loss = sigmoid-cross-entropy\nrounds.target.metric = loss";
        arrays.put("y_train", NpyArray.of(List.of(4, 2), 0f, 1f, 1f, 0.5f, 1f, 1f, -1f, 0f));
        arrays.put("y_test", NpyArray.of(List.of(1, 2), 0f, 1f));
        assertThat(told(sigmoid))
                .containsExactly(
                        "a.npz: y_train: must hold numbers from 0 to 1 with model.loss = sigmoid-cross-entropy,"
                                + " got -1.0 at element 6 [3, 0]");
        arrays.put("y_train", NpyArray.of(List.of(4, 2), 0, 1, 1, 0, 1, 1, 0, 0));
        assertThat(told(sigmoid)).isEmpty();
        assertThat(told("model.loss = mse\nrounds.target.metric = rmse")).isEmpty();
    }

    @Test
    void valuesAndTheSplitAreLookedAtWhereTheDataIsSmallEnough() throws IOException {
        arrays.put("x_train", NpyArray.of(List.of(4, 2), 0f, 1f, 2f, Float.NaN, 4f, 5f, 0f, 1f));
        assertThat(told(""))
                .containsExactly("a.npz: x_train: must hold finite float32 values, got NaN at element 3 [1, 1]");
        assertThat(told(59, "")).as("60 bytes").isEmpty();
        arrays.put("x_train", NpyArray.of(List.of(4, 2), 0f, 1f, 2f, 3f, 4f, 5f, 0f, 1f));
        assertThat(told("fleet.devices = 5"))
                .singleElement()
                .asString()
                .startsWith("x.conf:4: fleet.devices must be at most the number of training examples")
                .endsWith("got 5");
    }

    @Test
    void offsetsMustEndWithTheRows() throws IOException {
        String fromFile = "data.partition.kind = from-file";
        arrays.put("offsets", NpyArray.of(List.of(3), 0, 2, 3));
        assertThat(told(fromFile))
                .containsExactly("a.npz: offsets: must end with 4 (the rows of x_train), got 3: nobody would own the 1"
                        + " after it");
        arrays.put("offsets", NpyArray.of(List.of(3), 0.0, 2.0, 4.0));
        assertThat(told(fromFile)).isEmpty();
        arrays.put("offsets", NpyArray.of(List.of(3, 1), 0, 2, 4));
        assertThat(told(fromFile))
                .containsExactly(
                        "a.npz: offsets: must have one dimension, got shape [3, 1];" + " numpy.ravel(offsets)");
        assertThat(told("")).as("nobody asks for them").isEmpty();
    }

    @Test
    void everyProblemOfTheHeadersIsToldAtOnce() throws IOException {
        arrays.put("x_test", NpyArray.of(List.of(0, 2), new float[0]));
        arrays.put("y_train", NpyArray.of(List.of(3), 0, 1, 2));
        assertThat(told(0, ""))
                .containsExactly(
                        "a.npz: y_train: must have one answer per example (4), got shape [3]",
                        "a.npz: x_test: must hold at least one example, got shape [0, 2]");
    }

    private List<String> remarks(String text) throws IOException {
        return ScenarioCheck.remarks(ScenarioCheck.read(scenario(text), List.of(), OptionalLong.empty())).stream()
                .map(remark -> remark.replace(directory + "/", ""))
                .toList();
    }

    @Test
    void imagesWithTheirChannelsAtTheEndAreRemarkedOn() throws IOException {
        arrays.put("x_train", NpyArray.of(List.of(4, 8, 6, 3), new float[4 * 8 * 6 * 3]));
        arrays.put("x_test", NpyArray.of(List.of(1, 8, 6, 3), new float[8 * 6 * 3]));
        assertThat(remarks(""))
                .containsExactly(
                        "a.npz: x_train: shape [4, 8, 6, 3] is read as 8 channels of 6×3, [examples, c, h, w], but"
                                + " looks like 3 channels at the end;"
                                + " numpy.moveaxis(x, 3, 1) brings them to the front");
        arrays.put("x_train", NpyArray.of(List.of(4, 3, 8, 6), new float[4 * 8 * 6 * 3]));
        arrays.put("x_test", NpyArray.of(List.of(1, 3, 8, 6), new float[8 * 6 * 3]));
        assertThat(remarks("")).isEmpty();
    }

    @Test
    void greyImagesOfKerasAreOneChannelAndTheirBytesAreRemarkedOn() throws IOException {
        arrays.put("x_train", NpyArray.of(List.of(4, 5, 5), new byte[100]));
        arrays.put("x_test", NpyArray.of(List.of(1, 5, 5), new byte[25]));
        String small = "model.layers = [{ type = conv, channels = 2, kernel = 3 }, { type = dense, output = true }]\n";
        assertThat(told(small)).isEmpty();
        assertThat(ScenarioData.load(ScenarioReader.read(scenario(small), List.of(), OptionalLong.empty()))
                        .fitFeaturizer()
                        .width())
                .isEqualTo(25);
        assertThat(remarks(small)).singleElement().asString().contains("data.features.scale = 1/255");
        assertThat(remarks(small + "data.features.scale = 1/255")).isEmpty();
    }

    @Test
    void rowsThatNobodyOrSeveralOwnAreRemarkedOn() throws IOException {
        arrays.put("offsets", NpyArray.of(List.of(3), 0, 2, 3));
        arrays.put("indices", NpyArray.of(List.of(3), 3, 0, 3));
        assertThat(remarks("data.partition.kind = from-file"))
                .containsExactly(
                        "a.npz: indices: 1 rows of x_train are named again, the first: 3 at element 2",
                        "a.npz: indices: nobody owns 2 of the 4 rows of x_train");
    }
}
