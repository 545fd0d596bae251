package dev.starling.data;

import static dev.starling.data.TestFiles.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Dirichlet;
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

/** Partitions whose settings are allowed but far out, where weights leave what doubles can hold. */
class ExtremePartitionsTest {

    private static final int ROWS = 4_000;
    private static final int CLASSES = 10;
    private static final int DEVICES = 40;

    /** Rows whose label is their last digit. */
    private static final DataSet DATA = DataSet.of(
            "made",
            Table.of(
                    1,
                    new float[ROWS],
                    Answers.labels(
                            IntStream.range(0, ROWS).map(i -> i % CLASSES).toArray())),
            Table.of(1, new float[0], Answers.labels(new int[0])),
            new DataShape(List.of(1), CLASSES, true));

    static List<Partition> partitions() {
        return List.of(
                new Iid(),
                new Shards(100),
                new Dirichlet(Double.MIN_VALUE),
                new Dirichlet(1e-300),
                new Dirichlet(1e-6),
                new Dirichlet(0.003),
                new Dirichlet(0.5),
                new Dirichlet(Double.MAX_VALUE),
                new PowerLaw(Math.nextUp(1.0), 1, 2),
                new PowerLaw(1.001, 1, 10),
                new PowerLaw(1e300, 1, 1),
                new LogNormal(0, 1),
                new LogNormal(1000, 1),
                new LogNormal(Double.MAX_VALUE, 1));
    }

    private static Ownership split(Partition partition, long seed) {
        return Partitioning.split(partition, DATA, Rows.all(ROWS), DEVICES, new Seeds(seed));
    }

    /** Half the sum of differences between a device's shares of labels and the fleet's, over all devices. */
    private static double labelDistance(double alpha) {
        double sum = 0;
        for (long seed = 0; seed < 5; seed++) {
            Ownership owners = split(new Dirichlet(alpha), seed);
            for (int device = 0; device < DEVICES; device++) {
                double[] shares = new double[CLASSES];
                for (int i = 0; i < owners.count(device); i++) {
                    shares[owners.row(device, i) % CLASSES] += 1.0 / owners.count(device);
                }
                sum += Arrays.stream(shares)
                                .map(share -> Math.abs(share - 1.0 / CLASSES))
                                .sum()
                        / 2;
            }
        }
        return sum / 5 / DEVICES;
    }

    @ParameterizedTest
    @MethodSource("partitions")
    void everyExampleIsDealtExactlyOnce(Partition partition) {
        for (long seed = 0; seed < 20; seed++) {
            Ownership owners = split(partition, seed);
            int[] sorted = owners.order().clone();
            Arrays.sort(sorted);
            assertThat(sorted).as("seed %d", seed).containsExactly(Rows.all(ROWS));
            int dealt = IntStream.range(0, DEVICES).map(owners::count).sum();
            assertThat(dealt).as("seed %d", seed).isEqualTo(ROWS);
        }
    }

    @Test
    void theSmallerAlphaTheMoreDevicesDifferDownToOneLabelEach() {
        double[] alphas = {100, 1, 0.1, 0.01, 0.001};
        double[] distances =
                Arrays.stream(alphas).map(ExtremePartitionsTest::labelDistance).toArray();
        for (int i = 1; i < alphas.length; i++) {
            assertThat(distances[i]).as("alpha %s", alphas[i]).isGreaterThan(distances[i - 1]);
        }
        // One label has a distance of 0.9; the last devices take what the others have left.
        for (double alpha : new double[] {0.001, 0.0003, 1e-4, 1e-6, 1e-12, 1e-300, Double.MIN_VALUE}) {
            assertThat(labelDistance(alpha)).as("alpha %s", alpha).isBetween(0.86, 0.9 + 1e-9);
        }
    }

    @Test
    void withATinyAlphaADeviceUsesOneLabelUpBeforeItBeginsTheNext() {
        Ownership owners = split(new Dirichlet(1e-9), 3);
        for (int device = 0; device < DEVICES; device++) {
            int own = device;
            int changes = (int) IntStream.range(1, owners.count(device))
                    .filter(i -> owners.row(own, i) % CLASSES != owners.row(own, i - 1) % CLASSES)
                    .count();
            long labels = IntStream.range(0, owners.count(device))
                    .map(i -> owners.row(own, i) % CLASSES)
                    .distinct()
                    .count();
            assertThat(changes).as("device %d", device).isEqualTo((int) labels - 1);
        }
    }

    @Test
    void aHugeSpreadOfSizesGivesAlmostAllToOneDeviceAndNotToTheLast() {
        int[] owner = IntStream.range(0, 20)
                .map(seed -> {
                    Ownership owners = split(new LogNormal(1000, 1), seed);
                    return IntStream.range(0, DEVICES)
                            .filter(device -> owners.count(device) > ROWS / 2)
                            .findFirst()
                            .orElse(-1);
                })
                .toArray();
        assertThat(Arrays.stream(owner).distinct().count()).isGreaterThan(5);
        assertThat(Arrays.stream(owner).filter(device -> device < 0).count()).isLessThan(3);
    }

    @Test
    void ordinaryWeightsKeepTheirBitsAndDistantOnesTheirProportions() {
        Weights near = new Weights(2);
        near.putGamma(0, 0.5, new Seeds(1).of(Purpose.PARTITION));
        near.putGamma(1, 2, new Seeds(2).of(Purpose.PARTITION));
        double[] plain = {
            new Seeds(1).of(Purpose.PARTITION).nextGamma(0.5),
            new Seeds(2).of(Purpose.PARTITION).nextGamma(2)
        };
        assertThat(near.of(new int[] {0, 1})).containsExactly(plain);
        // The same random numbers at sigma 1 and 10,000: in proportion to the 10,000th powers.
        Weights one = new Weights(3);
        Weights far = new Weights(3);
        for (int i = 0; i < 3; i++) {
            one.putLogNormal(i, 1, new Seeds(i).of(Purpose.PARTITION));
            far.putLogNormal(i, 1e4, new Seeds(i).of(Purpose.PARTITION));
        }
        double[] mix = far.values();
        assertThat(Arrays.stream(mix).sum()).as("beyond doubles").isIn(0.0, Double.POSITIVE_INFINITY);
        far.leave(mix, i -> true);
        double largest = Arrays.stream(one.values()).max().orElseThrow();
        for (int i = 0; i < 3; i++) {
            double share = Math.pow(one.values()[i] / largest, 1e4);
            assertThat(mix[i]).isCloseTo(share, within(1e-9));
        }
    }

    @Test
    void sizesThatDoNotFitAreRefusedWithTheirFigures() {
        assertRefused(() -> split(new Shards(Integer.MAX_VALUE), 1), "(4000), got 40 × 2147483647");
        assertRefused(() -> split(new PowerLaw(2, Integer.MAX_VALUE, 2), 1), "smallest is too large");
        assertRefused(() -> split(new LogNormal(1, Integer.MAX_VALUE), 1), "got 2147483647 × 40");
    }
}
