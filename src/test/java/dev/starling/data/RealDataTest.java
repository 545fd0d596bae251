package dev.starling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Categories;
import dev.starling.data.DataSettings.Cifar10;
import dev.starling.data.DataSettings.Csv;
import dev.starling.data.DataSettings.Features;
import dev.starling.data.DataSettings.Idx;
import dev.starling.data.DataSettings.Iid;
import dev.starling.data.DataSettings.Shards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The public data sets, where the environment variable STARLING_DATA names their directory. Figures are NumPy's. */
class RealDataTest {

    private static Path directory(String name) {
        String root = System.getenv("STARLING_DATA");
        assumeTrue(root != null, "STARLING_DATA is not set: " + name + " is not read");
        Path directory = Path.of(String.valueOf(root), name);
        assumeTrue(Files.isDirectory(directory), "there is no " + directory);
        return directory;
    }

    @Test
    void mnistIsRead() {
        Path mnist = directory("mnist");
        Idx source = new Idx(
                mnist.resolve("train-images-idx3-ubyte.gz"),
                mnist.resolve("train-labels-idx1-ubyte.gz"),
                mnist.resolve("t10k-images-idx3-ubyte.gz"),
                mnist.resolve("t10k-labels-idx1-ubyte.gz"));
        DataSet data = IdxSource.read(source, AnswerSettings.AS_STORED);
        assertThat(data.shape()).isEqualTo(new DataShape(List.of(1, 28, 28), 10, true));
        assertThat(IntStream.range(0, 10).map(i -> data.train().answers().label(i)))
                .containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
        assertThat(IntStream.range(0, 10).map(i -> data.test().answers().label(i)))
                .containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
        assertThat(IntStream.range(0, 3).map(i -> (int) pixels(data.train(), i, i + 1)))
                .containsExactly(27525, 31095, 19443);
        assertThat(pixels(data.train(), 0, 60_000)).isEqualTo(1_567_298_545L);
        assertThat(pixels(data.test(), 0, 10_000)).isEqualTo(264_923_200L);

        DataSettings settings =
                new DataSettings(source, new Shards(2), new Features(1.0 / 255, false, Categories.INDEX), 0, 0);
        RawData raw = DataLoader.load(settings, 100, new Seeds(1));
        FederatedData split = raw.featurized(raw.fitFeaturizer());
        assertThat(split.trainingCount(42)).isEqualTo(600);
        assertThat(DataLoader.shape(settings)).isEqualTo(data.shape());
    }

    private static long pixels(Table table, int from, int to) {
        long sum = 0;
        for (int row = from; row < to; row++) {
            for (int column = 0; column < table.columns(); column++) {
                sum += (long) table.cell(row, column);
            }
        }
        return sum;
    }

    @Test
    void cifarIsRead() {
        Path cifar = directory("cifar10");
        Cifar10 source =
                new Cifar10(List.of(cifar.resolve("data_batch_1.bin.gz")), List.of(cifar.resolve("test_batch.bin.gz")));
        DataSet data = Cifar10Source.read(source);
        assertThat(data.train().rows()).isEqualTo(10_000);
        assertThat(data.test().rows()).isEqualTo(2_000);
        assertThat(IntStream.range(0, 8).map(i -> data.train().answers().label(i)))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(pixels(data.train(), 0, 1)).isEqualTo(456_420);
        assertThat(pixels(data.train(), 1, 2)).isEqualTo(317_988);
        assertThat(pixels(data.test(), 0, 1)).isEqualTo(475_641);
    }

    @Test
    void housingIsRead() {
        Path file = directory("housing").resolve("housing.csv");
        List<String> numerical = List.of("0", "1", "2", "4", "5", "6", "7", "9", "10", "12");
        Csv source = new Csv(file, ' ', false, numerical, List.of("3", "8"), "13", 0, 0, 1);
        Table table = CsvSource.read(source, new Iid()).train();
        assertThat(table.rows()).isEqualTo(506);
        assertThat(mean(table, 0)).isCloseTo(3.6135235573122535, Offset.offset(1e-6));
        assertThat(mean(table, 9)).isCloseTo(12.653063241106723, Offset.offset(1e-6));
        float[] target = new float[506];
        IntStream.range(0, 506).forEach(row -> table.answers().copyTargets(row, target, row));
        assertThat(IntStream.range(0, 506).mapToDouble(i -> target[i]).average().orElse(0))
                .isCloseTo(22.532806324110698, Offset.offset(1e-6));
        DataSettings settings = new DataSettings(source, new Iid(), new Features(1, true, Categories.ONE_HOT), 0, 0);
        assertThat(DataLoader.shape(settings)).isEqualTo(new DataShape(List.of(10 + 2 + 9), 1, false));
    }

    private static double mean(Table table, int column) {
        return IntStream.range(0, table.rows())
                .mapToDouble(row -> table.cell(row, column))
                .average()
                .orElse(0);
    }
}
