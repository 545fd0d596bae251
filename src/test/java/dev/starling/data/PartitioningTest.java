package dev.starling.data;

import static dev.starling.data.TestFiles.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Dirichlet;
import dev.starling.data.DataSettings.Generated;
import dev.starling.data.DataSettings.Iid;
import dev.starling.data.DataSettings.LogNormal;
import dev.starling.data.DataSettings.Partition;
import dev.starling.data.DataSettings.PowerLaw;
import dev.starling.data.DataSettings.Shards;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartitioningTest {

    private static final int ROWS = 10_000;
    private static final int DEVICES = 100;
    private static final Seeds SEEDS = new Seeds(11);

    /** Rows whose label is their last digit. */
    private static final DataSet DATA = DataSet.of(
            "made",
            Table.of(
                    1,
                    new float[ROWS],
                    Answers.labels(IntStream.range(0, ROWS).map(i -> i % 10).toArray())),
            Table.of(1, new float[0], Answers.labels(new int[0])),
            new DataShape(List.of(1), 10, true));

    static List<Partition> partitions() {
        return List.of(new Iid(), new Shards(2), new Dirichlet(0.1), new PowerLaw(2.5, 10, 2), new LogNormal(1.5, 5));
    }

    private static Ownership split(Partition partition) {
        return Partitioning.split(partition, DATA, Rows.all(ROWS), DEVICES, SEEDS);
    }

    private static long labels(Ownership owners, int device) {
        return IntStream.range(0, owners.count(device))
                .map(i -> owners.row(device, i) % 10)
                .distinct()
                .count();
    }

    private static int[] sizes(Ownership owners) {
        return IntStream.range(0, DEVICES).map(owners::count).toArray();
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void everyRowHasOneOwnerAndTheSeedDecidesWhich(Partition partition) {
        Ownership owners = split(partition);
        assertThat(owners.devices()).isEqualTo(DEVICES);
        int[] sorted = owners.order().clone();
        Arrays.sort(sorted);
        assertThat(sorted).containsExactly(Rows.all(ROWS));
        assertThat(split(partition).order()).containsExactly(owners.order());
        assertThat(sizes(split(partition))).containsExactly(sizes(owners));
        int[] other = Partitioning.split(partition, DATA, Rows.all(ROWS), DEVICES, new Seeds(12))
                .order();
        assertThat(other).isNotEqualTo(owners.order());
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void proxyRowsHaveNoOwner(Partition partition) {
        int[] rows = Rows.without(ROWS, new int[] {0, 7, 9_999});
        Ownership owners = Partitioning.split(partition, DATA, rows, DEVICES, SEEDS);
        assertThat(owners.order()).hasSize(ROWS - 3).doesNotContain(0, 7, 9_999);
    }

    @Test
    void iidPartsAreEqualAndHaveAllLabels() {
        Ownership owners = split(new Iid());
        assertThat(sizes(owners)).containsOnly(100);
        assertThat(IntStream.range(0, DEVICES).filter(device -> labels(owners, device) == 10))
                .hasSizeGreaterThan(95);
    }

    @Test
    void twoShardsHaveAtMostTwoLabelsWhenShardsFitClasses() {
        Ownership owners = split(new Shards(2));
        assertThat(sizes(owners)).containsOnly(100);
        assertThat(IntStream.range(0, DEVICES).map(device -> (int) labels(owners, device)))
                .allMatch(count -> count <= 2)
                .contains(2);
    }

    @Test
    void aSmallAlphaGivesFewLabelsAndALargeOneAll() {
        Ownership skewed = split(new Dirichlet(0.05));
        Ownership even = split(new Dirichlet(1000));
        double few = IntStream.range(0, DEVICES)
                .mapToLong(d -> labels(skewed, d))
                .average()
                .orElse(0);
        double many = IntStream.range(0, DEVICES)
                .mapToLong(d -> labels(even, d))
                .average()
                .orElse(0);
        assertThat(few).isLessThan(4);
        // Not 10: the last devices take the labels that are left.
        assertThat(many).isGreaterThan(9.7);
        assertThat(sizes(skewed)).containsOnly(100);
    }

    @Test
    void powerLawDevicesHaveTheirLabelsTheirLeastAndALongTail() {
        Ownership owners = split(new PowerLaw(2.2, 10, 2));
        int[] sizes = sizes(owners);
        Arrays.sort(sizes);
        assertThat(IntStream.range(0, DEVICES).mapToLong(d -> labels(owners, d)))
                .containsOnly(2L);
        assertThat(sizes[0]).isGreaterThanOrEqualTo(10);
        assertThat(sizes[DEVICES - 1]).as("largest against median").isGreaterThan(5 * sizes[DEVICES / 2]);
    }

    @Test
    void logNormalSizesSpreadAsTheirSigma() {
        int[] sizes = sizes(split(new LogNormal(1.5, 5)));
        double[] logs =
                Arrays.stream(sizes).mapToDouble(size -> Math.log(size - 4.5)).toArray();
        double mean = Arrays.stream(logs).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(logs)
                .map(log -> (log - mean) * (log - mean))
                .average()
                .orElse(0));
        assertThat(deviation).isBetween(1.1, 1.9);
        assertThat(Arrays.stream(sizes).min().orElse(0)).isGreaterThan(4);
    }

    @Test
    void holdingBackIsARandomShareAndNothingMovesWithoutIt() {
        Ownership owners = split(new Shards(2));
        assertThat(HoldBack.apply(owners, 0, SEEDS).order()).containsExactly(owners.order());
        Ownership held = HoldBack.apply(owners, 0.29, SEEDS);
        assertThat(HoldBack.count(100, 0.29)).isEqualTo(29);
        assertThat(HoldBack.count(3, 0.3)).isZero();
        for (int device = 0; device < DEVICES; device++) {
            int start = owners.start(device);
            int[] before = Arrays.copyOfRange(owners.order(), start, start + 100);
            int[] kept = Arrays.copyOfRange(held.order(), start, start + 71);
            int[] back = Arrays.copyOfRange(held.order(), start + 71, start + 100);
            assertThat(Arrays.stream(before).filter(row -> Arrays.stream(back).noneMatch(b -> b == row)))
                    .as("the rest keeps its order")
                    .containsExactly(Arrays.stream(kept).boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void splitsThatTheDataCannotFillAreRefused() {
        assertRefused(
                () -> Partitioning.split(new Iid(), DATA, Rows.all(50), 51, SEEDS),
                "fleet.devices must be at most",
                "(50 in made), got 51");
        assertRefused(() -> split(new Shards(101)), "at most the training examples (10000), got 100 × 101");
        assertRefused(() -> split(new PowerLaw(2, 2, 11)), "labels must be 1 to the number of classes (10), got 11");
        assertRefused(() -> split(new PowerLaw(2, 200, 2)), "smallest is too large", "there are 1000");
        assertRefused(() -> split(new PowerLaw(1, 2, 2)), "exponent must be > 1, got 1.0");
        assertRefused(() -> split(new Dirichlet(0)), "alpha must be > 0, got 0.0");
        assertRefused(() -> split(new LogNormal(1, 101)), "smallest × fleet.devices");
        assertRefused(() -> split(new Generated()), "choose another partition");
        assertRefused(() -> split(new DataSettings.ByColumn("x")), "no column x");
        DataSet regression = DataSet.of(
                "numbers",
                Table.of(1, new float[2], Answers.targets(new float[2], 1)),
                Table.of(1, new float[0], Answers.targets(new float[0], 1)),
                new DataShape(List.of(1), 1, false));
        assertRefused(
                () -> Partitioning.split(new Dirichlet(1), regression, Rows.all(2), 2, SEEDS),
                "numbers",
                "no class labels");
    }

    @Test
    void shardsOfNumbersAreSortedByTarget() {
        float[] targets = {5, 1, 4, 2, 8, 7, 3, 6};
        Table rows = Table.of(1, new float[8], Answers.targets(targets, 1));
        DataSet prices = DataSet.of("prices", rows, rows, new DataShape(List.of(1), 1, false));
        Ownership owners = Partitioning.split(new Shards(1), prices, Rows.all(8), 4, SEEDS);

        List<List<Float>> slices = IntStream.range(0, 4)
                .mapToObj(device -> IntStream.range(0, owners.count(device))
                        .mapToObj(i -> targets[owners.row(device, i)])
                        .toList())
                .toList();
        assertThat(slices)
                .containsExactlyInAnyOrder(List.of(1f, 2f), List.of(3f, 4f), List.of(5f, 6f), List.of(7f, 8f));
    }
}
