package dev.starling.data;

import static dev.starling.data.TestFiles.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Generated;
import dev.starling.data.DataSettings.Iid;
import dev.starling.data.DataSettings.Synthetic;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyntheticDataTest {

    private static FederatedData load(Synthetic source, int devices, double holdBack, double proxy, long seed) {
        DataSettings settings = new DataSettings(source, new Generated(), TestFiles.PLAIN, holdBack, proxy);
        RawData raw = DataLoader.load(settings, devices, new Seeds(seed));
        return raw.featurized(raw.fitFeaturizer());
    }

    private static Synthetic source(double alpha, double beta, boolean iid) {
        return new Synthetic(alpha, beta, iid, 60, 10, 2000, 500);
    }

    @Test
    void aDeviceIsTheSameWhoeverAsksAndWhenever() {
        FederatedData first = load(source(1, 1, false), 1_000_000, 0.2, 0, 4);
        FederatedData second = load(source(1, 1, false), 1_000_000, 0.2, 0, 4);
        second.training(17);
        float[] features = TestFiles.features(first.training(999_999));
        assertThat(TestFiles.features(second.training(999_999))).containsExactly(features);
        assertThat(first.trainingCount(999_999)).isEqualTo(features.length / 60);
        assertThat(TestFiles.features(first.training(999_998))).isNotEqualTo(features);
        int all = first.trainingCount(5) + first.heldOut(5).count();
        assertThat(first.heldOut(5).count()).isEqualTo((int) (all * 0.2));
        assertThat(first.test().count()).isEqualTo(500);
        assertThat(first.proxy().count()).isZero();
        assertThat(first.labelCounts(5).stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(first.trainingCount(5));
    }

    @Test
    void theDataCanKeepItsOwnSeed() {
        Synthetic own = new Synthetic(1, 1, false, 5, 3, 100, 10, OptionalLong.of(77));
        assertThat(TestFiles.features(load(own, 3, 0, 0, 1).training(0)))
                .containsExactly(TestFiles.features(load(own, 3, 0, 0, 2).training(0)));
        Synthetic none = new Synthetic(1, 1, false, 5, 3, 100, 10);
        assertThat(TestFiles.features(load(none, 3, 0, 0, 1).training(0)))
                .isNotEqualTo(TestFiles.features(load(none, 3, 0, 0, 2).training(0)));
    }

    @Test
    void sizesAreFiftyPlusLogNormalFourTwoUpToTheCap() {
        FederatedData data = load(new Synthetic(0, 0, false, 2, 2, 1_000_000, 10), 20_001, 0, 0, 3);
        int[] sizes =
                IntStream.range(0, 20_001).map(data::trainingCount).sorted().toArray();
        // Quantiles of 50 + exp(4 + 2 z): z = -0.6745, 0, 0.6745.
        assertThat((double) sizes[5_000]).isBetween(63.0, 66.0);
        assertThat((double) sizes[10_000]).isBetween(101.0, 108.0);
        assertThat((double) sizes[15_000]).isBetween(248.0, 274.0);
        assertThat(sizes[0]).isGreaterThanOrEqualTo(50);
        FederatedData capped = load(new Synthetic(0, 0, false, 2, 2, 60, 10), 1000, 0, 0, 3);
        assertThat(IntStream.range(0, 1000).map(capped::trainingCount).max()).hasValue(60);
    }

    @Test
    void inputsHaveTheVariancesOfThePaper() {
        FederatedData data = load(new Synthetic(0, 0, true, 60, 10, 50, 20_000), 10, 0, 0, 8);
        float[] inputs = TestFiles.features(data.test());
        for (int feature : new int[] {0, 1, 9, 59}) {
            double[] values = IntStream.range(0, 20_000)
                    .mapToDouble(i -> inputs[i * 60 + feature])
                    .toArray();
            double mean = Arrays.stream(values).average().orElse(9);
            double variance = Arrays.stream(values)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElse(9);
            double expected = Math.pow(feature + 1, -1.2);
            assertThat(mean).isBetween(-5 * Math.sqrt(expected / 20_000), 5 * Math.sqrt(expected / 20_000));
            assertThat(variance / expected).isBetween(0.95, 1.05);
        }
    }

    @Test
    void betaSpreadsTheInputsOfDevices() {
        // The mean over features of a device's inputs is B + mean of 60 N(0, 1): variance beta² + 1/60.
        assertThat(spreadOfDeviceMeans(0)).isBetween(0.08, 0.19);
        assertThat(spreadOfDeviceMeans(2)).isBetween(1.7, 2.3);
    }

    private static double spreadOfDeviceMeans(double beta) {
        FederatedData data = load(new Synthetic(0, beta, false, 60, 10, 50, 10), 400, 0, 0, 21);
        double[] means = IntStream.range(0, 400)
                .mapToDouble(device -> {
                    float[] inputs = TestFiles.features(data.training(device));
                    return IntStream.range(0, inputs.length)
                            .mapToDouble(i -> inputs[i])
                            .average()
                            .orElse(0);
                })
                .toArray();
        double mean = Arrays.stream(means).average().orElse(0);
        return Math.sqrt(
                Arrays.stream(means).map(m -> (m - mean) * (m - mean)).average().orElse(0));
    }

    @Test
    void oneModelFitsAllDevicesOnlyWhenTheyAreIid() {
        assertThat(linearAccuracy(source(0, 0, true))).isGreaterThan(0.8);
        assertThat(linearAccuracy(source(1, 1, false))).isLessThan(0.8);
    }

    private static double linearAccuracy(Synthetic source) {
        FederatedData data = load(source, 30, 0, 0, 2);
        SmallNet net = new SmallNet(60, 0, 10, new Seeds(1).of(dev.starling.base.Purpose.INITIAL_MODEL));
        for (int epoch = 0; epoch < 5; epoch++) {
            for (int device = 0; device < 30; device++) {
                float[] inputs = TestFiles.features(data.training(device));
                int[] labels = TestFiles.labels(data.training(device));
                for (int i = 0; i < labels.length; i++) {
                    net.learn(Arrays.copyOfRange(inputs, 60 * i, 60 * i + 60), labels[i], 0.01f);
                }
            }
        }
        float[] inputs = TestFiles.features(data.test());
        int[] labels = TestFiles.labels(data.test());
        long correct = IntStream.range(0, labels.length)
                .filter(i -> net.predict(Arrays.copyOfRange(inputs, 60 * i, 60 * i + 60)) == labels[i])
                .count();
        return (double) correct / labels.length;
    }

    @Test
    void proxyDataIsAShareOfAllExamples() {
        FederatedData data = load(source(1, 1, false), 20, 0, 0.1, 5);
        int total = IntStream.range(0, 20).map(data::trainingCount).sum();
        assertThat(data.proxy().count()).isEqualTo((int) Math.ceil(total * 0.1));
    }

    @Test
    void anotherPartitionIsRefused() {
        DataSettings settings = TestFiles.settings(source(1, 1, false), new Iid());
        assertRefused(() -> DataLoader.load(settings, 3, new Seeds(1)), "cannot be partitioned otherwise, got Iid");
        assertThat(DataLoader.shape(settings)).isEqualTo(new DataShape(List.of(60), 10, true));
    }
}
