package dev.starling.data;

import static dev.starling.data.TestFiles.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.FromFile;
import dev.starling.data.DataSettings.Iid;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzSourceTest {

    @TempDir
    Path directory;

    private final Map<String, NpyArray> arrays = new LinkedHashMap<>(Map.of(
            "x_train", NpyArray.of(List.of(4, 2), 0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f),
            "y_train", NpyArray.of(List.of(4), 0L, 1L, 2L, 1L),
            "x_test", NpyArray.of(List.of(1, 2), 8f, 9f),
            "y_test", NpyArray.of(List.of(1), 3L)));

    private DataSettings settings(DataSettings.Partition partition) {
        Path file = directory.resolve("data.npz");
        NpzWriter.write(file, arrays);
        return TestFiles.settings(new DataSettings.Npz(file), partition);
    }

    private FederatedData load(DataSettings.Partition partition, int devices) {
        RawData raw = DataLoader.load(settings(partition), devices, new Seeds(1));
        return raw.featurized(raw.fitFeaturizer());
    }

    @Test
    void integerAnswersAreLabelsAndFloatingOnesAreTargets() {
        assertThat(load(new Iid(), 1).shape()).isEqualTo(new DataShape(List.of(2), 4, true));
        assertThat(DataLoader.shape(settings(new Iid()))).isEqualTo(new DataShape(List.of(2), 4, true));

        arrays.put("y_train", NpyArray.of(List.of(4, 2), 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f));
        arrays.put("y_test", NpyArray.of(List.of(1, 2), 9.0, 10.0));
        FederatedData regression = load(new Iid(), 1);
        assertThat(regression.shape()).isEqualTo(new DataShape(List.of(2), 2, false));
        assertThat(DataLoader.shape(settings(new Iid()))).isEqualTo(regression.shape());
        assertThat(TestFiles.targets(regression.test())).containsExactly(9, 10);
        assertThat(regression.labelCounts(0)).isEmpty();
    }

    @Test
    void offsetsSayWhoOwnsWhatInTheOrderOfTheFile() {
        arrays.put("offsets", NpyArray.of(List.of(3), 0, 3, 4));
        FederatedData data = load(new FromFile(), 2);
        assertThat(TestFiles.features(data.training(0))).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(TestFiles.labels(data.training(1))).containsExactly(1);

        arrays.put("indices", NpyArray.of(List.of(4), 3, 0, 2, 2));
        assertThat(TestFiles.features(load(new FromFile(), 2).training(0))).containsExactly(6, 7, 0, 1, 4, 5);
    }

    @Test
    void imagesOfBytesKeepTheirShape() {
        arrays.put("x_train", NpyArray.of(List.of(4, 1, 2, 1), TestFiles.bytes(255, 1, 2, 3, 4, 5, 6, 7)));
        arrays.put("x_test", NpyArray.of(List.of(1, 1, 2, 1), TestFiles.bytes(8, 9)));
        FederatedData data = load(new Iid(), 1);
        assertThat(data.shape().input()).containsExactly(1, 2, 1);
        assertThat(TestFiles.features(data.training(0))).contains(255f);
    }

    @Test
    void arraysThatDoNotFitTogetherAreRefused() {
        assertRefused(() -> load(new FromFile(), 2), "must hold an array offsets");
        arrays.put("offsets", NpyArray.of(List.of(3), 0, 3, 5));
        assertRefused(
                () -> load(new FromFile(), 2),
                "offsets",
                "must rise to 4 (the rows of x_train)",
                "got 3, then 5 at element 2");
        arrays.put("offsets", NpyArray.of(List.of(3), 0, 3, 2));
        assertRefused(() -> load(new FromFile(), 2), "offsets", "never fall, got 3, then 2 at element 2");
        arrays.put("offsets", NpyArray.of(List.of(3), -1, 3, 4));
        assertRefused(() -> load(new FromFile(), 2), "offsets", "must start with 0", "got -1 at element 0");
        arrays.put("offsets", NpyArray.of(List.of(3), 0f, 1.5f, 4f));
        assertRefused(() -> load(new FromFile(), 2), "offsets", "must hold whole numbers, got 1.5 at element 1");
        arrays.put("offsets", NpyArray.of(List.of(3), 0, 2, 3));
        assertRefused(() -> load(new FromFile(), 2), "offsets", "must end with 4 (the rows of x_train), got 3");
        arrays.put("offsets", NpyArray.of(List.of(3), 0, 3, 4));
        assertRefused(() -> load(new FromFile(), 3), "fleet.devices must be 2", "got 3");
        arrays.put("indices", NpyArray.of(List.of(4), 0, 1, 2, 4));
        assertRefused(() -> load(new FromFile(), 2), "indices", "0 to 3", "got 4 at element 3");

        arrays.put("y_train", NpyArray.of(List.of(3), 0, 1, 2));
        assertRefused(() -> load(new Iid(), 2), "y_train", "one answer per example (4), got shape [3]");
        arrays.put("y_train", NpyArray.of(List.of(4), 0, 1, -2, 3));
        assertRefused(() -> load(new Iid(), 2), "y_train", "labels must be >= 0, got -2 at element 2");
        arrays.put("y_train", NpyArray.of(List.of(4), 0f, 0.5f, 2f, 3f));
        assertRefused(() -> load(new Iid(), 2), "y_train", "must hold whole numbers, got 0.5 at element 1");
        arrays.put("y_train", NpyArray.of(List.of(4, 2), 0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f));
        assertRefused(() -> load(new Iid(), 2), "y_test", "must have rows like those of y_train [4, 2], got [1]");
        arrays.put("y_train", NpyArray.of(List.of(4), 0, 1, 2, 3));
        arrays.put("x_test", NpyArray.of(List.of(1, 3), 1f, 2f, 3f));
        assertRefused(() -> load(new Iid(), 2), "x_test", "must have rows like those of", "x_train");
        arrays.put("x_train", NpyArray.of(List.of(8), 0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f));
        assertRefused(() -> load(new Iid(), 2), "x_train", "[examples, features]", "got [8]", "x_train.reshape(-1, 1)");
        arrays.put("x_train", NpyArray.of(List.of(0, 2), new float[0]));
        assertRefused(() -> load(new Iid(), 2), "x_train", "at least one example, got shape [0, 2]");
        arrays.remove("x_train");
        assertRefused(() -> load(new Iid(), 2), "must hold an array x_train, got [");
        assertRefused(() -> DataLoader.shape(settings(new Iid())), "must hold an array x_train, got [");
    }

    @Test
    void theParityExperimentIsReadAsNumpyReadsIt() {
        Path file = TestFiles.resource("parity/data.npz");
        RawData raw =
                DataLoader.load(TestFiles.settings(new DataSettings.Npz(file), new FromFile()), 200, new Seeds(9));
        FederatedData data = raw.featurized(raw.fitFeaturizer());
        assertThat(data.shape()).isEqualTo(new DataShape(List.of(60), 10, true));
        assertThat(data.test().count()).isEqualTo(2000);
        assertThat(List.of(data.trainingCount(0), data.trainingCount(1), data.trainingCount(2)))
                .containsExactly(16, 12, 38);
        // Figures from NumPy.
        assertThat(TestFiles.labels(data.training(0))).startsWith(2, 2, 3, 2, 2, 3, 2, 3);
        assertThat(TestFiles.labels(data.training(3))).containsExactly(3, 4, 2, 4, 2, 3, 2, 9, 3, 4, 3, 3, 3, 2, 3, 4);
        double sum = 0;
        int[] classes = new int[10];
        for (int device = 0; device < 200; device++) {
            for (float value : TestFiles.features(data.training(device))) {
                sum += value;
            }
            List<Integer> counts = data.labelCounts(device);
            for (int label = 0; label < 10; label++) {
                classes[label] += counts.get(label);
            }
        }
        assertThat(sum).isCloseTo(-19172.040959091035, org.assertj.core.data.Offset.offset(1e-6));
        assertThat(classes).containsExactly(1534, 10, 1069, 668, 693, 488, 25, 0, 12, 477);
        assertThat(raw.files())
                .singleElement()
                .satisfies(used -> assertThat(used.sha256()).hasSize(64));

        CohortFile cohorts = CohortFile.read(TestFiles.resource("parity/cohorts.npy"), 200);
        assertThat(cohorts.rounds()).isEqualTo(10);
        assertThat(cohorts.cohort()).isEqualTo(20);
        assertThat(cohorts.devices(0)).startsWith(38, 109, 51, 29).endsWith(154, 76);
        assertRefused(
                () -> CohortFile.read(TestFiles.resource("parity/cohorts.npy"), 191),
                "from 0 to 190, got 191 in row 0");
    }

    @Test
    void cohortsThatNameADeviceTwiceAreRefused() {
        Path file = directory.resolve("cohorts.npy");
        NpyFile.write(file, NpyArray.of(List.of(2, 2), 0, 1, 1, 1));
        assertRefused(() -> CohortFile.read(file, 3), "once per round, got 1 twice in row 1");
        NpyFile.write(file, NpyArray.of(List.of(2), 0, 1));
        assertRefused(() -> CohortFile.read(file, 3), "must have shape [rounds, cohort], got [2]");
    }
}
