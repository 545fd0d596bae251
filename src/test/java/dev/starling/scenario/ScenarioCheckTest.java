package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.starling.base.InputException;
import dev.starling.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioCheckTest {

    @TempDir
    private Path directory;

    /** What a user is told about {@code text}, with the file called x.conf. */
    private List<String> told(String text, String... overrides) throws IOException {
        Path file = Files.writeString(directory.resolve("x.conf"), text);
        InputException told = catchThrowableOfType(
                InputException.class, () -> ScenarioCheck.read(file, List.of(overrides), OptionalLong.empty()));
        return told == null
                ? List.of()
                : told.problems().stream()
                        .map(Problem::toString)
                        .map(problem -> problem.replace(directory + "/", ""))
                        .toList();
    }

    @Test
    void scenarioThatFitsIsRead() throws IOException {
        assertThat(told("model.network = mnist-cnn")).isEmpty();
    }

    @Test
    void batchesOfOneExampleTeachABatchNormOfSingleValuesNothing() throws IOException {
        String layers = "model.layers = [{ type = dense, units = 4 }, { type = batch-norm, statistics = shared }]\n";

        assertThat(told(layers + "local.batch = 1"))
                .containsExactly(
                        "x.conf:2: local.batch must be at least 2 or full, as layer 1 of the model is a batch-norm of"
                                + " single values: one example has no variance; got 1");
        assertThat(told(layers + "local.batch = 2")).isEmpty();
        assertThat(told(layers.replace("statistics = shared", "trainable = false") + "local.batch = 1"))
                .as("a frozen one uses its running statistics")
                .isEmpty();
        assertThat(
                        told(
                                "local.batch = 1, model.layers = [{ type = conv, channels = 4, kernel = 3 }, { type = batch-norm }]"))
                .as("an image has many values per channel")
                .isEmpty();
        assertThat(told("model.layers = [{ type = dense, units = 4 }, { type = group-norm, groups = 4 }]"))
                .containsExactly(
                        "x.conf:1: model.layers[1]: groups must be below the values of an example (4), or each would"
                                + " be normalised to nothing by itself; got 4 (its input is [4])");
    }

    @Test
    void aBaseWithoutItsPersonalPartsHasNoTargetAndNoGradients() throws IOException {
        String layers = "model.layers = [{ type = dense, units = 4 }, { type = batch-norm, statistics = personal }]\n";
        String incomplete =
                "its 1.batch-norm.running-mean, 1.batch-norm.running-variance stay on the devices: in the base"
                        + " nobody trained or measured them";

        assertThat(told(layers)).isEmpty();
        assertThat(told(layers + "rounds.target.value = 0.9"))
                .containsExactly("x.conf:2: rounds.target.value must be null where the base model cannot be evaluated: "
                        + incomplete + "; got 0.9");
        assertThat(told(layers + "algorithm.kind = data-parallel"))
                .containsExactly("x.conf:2: algorithm.kind must not be one whose devices only hand over gradients"
                        + " (data-parallel): they keep no model of their own, and this model's "
                        + incomplete.substring(4));
    }

    @Test
    void layerThatDoesNotFitIsNamedWithItsLine() throws IOException {
        assertThat(told("""
                        model.layers = [
                          { type = conv, channels = 8, kernel = 3 }
                          { type = max-pool, size = 40 }
                        ]"""))
                .containsExactly("x.conf:3: model.layers[1]: size must be >= 1 and at most the image, got 40"
                        + " (its input is [8, 26, 26])");
        assertThat(told("""
                        model.layers = [
                          { type = residual, body = [
                            { type = conv, channels = 8, kernel = 3 }
                            { type = group-norm, groups = 3 } ] }
                        ]"""))
                .containsExactly("x.conf:4: model.layers[0].body[1]: groups must divide the channels (8), got 3"
                        + " (its input is [8, 26, 26])");
        assertThat(told("\nmodel.layers = [{ type = dense, units = 9, output = true }]"))
                .containsExactly("x.conf:2: model.layers[0]: the last layer must have 10 outputs, as the data has"
                        + " classes or targets, got 9 [9]");
    }

    @Test
    void networkThatDoesNotFitIsNamed() throws IOException {
        assertThat(told("data.source.kind = synthetic\nmodel.network = lenet"))
                .containsExactly("x.conf:2: model.network: its layer 0: needs images [channels, height, width]"
                        + " (its input is [60])");
        assertThat(told("data.source.kind = synthetic", "model.network=lenet"))
                .containsExactly("--set model.network=lenet: model.network: its layer 0: needs images"
                        + " [channels, height, width] (its input is [60])");
    }

    @Test
    void whatNeedsImagesIsToldWithoutThem() throws IOException {
        assertThat(
                        told(
                                "data { source.kind = synthetic\n features { standardize = per-channel\n augment.flip = on } }"))
                .containsExactly(
                        "x.conf:2: data.features.standardize must be true or false for data that are no images, got"
                                + " per-channel",
                        "x.conf:3: data.features.augment must be left out for data that are no images [60]");
        assertThat(told("\ndata.features.augment.crop = 28"))
                .containsExactly("x.conf:2: data.features.augment.crop must be below the sides of the images"
                        + " [1, 28, 28], got 28");
    }

    @Test
    void allFilesAreLookedInto() throws IOException {
        assertThat(told("data.directory = " + directory + "\ndata.source { kind = npz, file = none.npz }\n"
                        + "rounds { cohorts = none.npy }"))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).startsWith("none.npz: no such file"))
                .anySatisfy(problem -> assertThat(problem).startsWith("none.npy: no such file"));
    }
}
