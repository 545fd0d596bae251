package dev.starling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.InputException;
import dev.starling.base.Seeds;
import dev.starling.data.DataSettings.Categories;
import dev.starling.data.DataSettings.Features;
import dev.starling.data.DataSettings.Generated;
import dev.starling.data.DataSettings.Iid;
import dev.starling.data.DataSettings.Partition;
import dev.starling.data.DataSettings.Synthetic;
import dev.starling.model.Examples;
import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyntheticPoolTest {

    private static FederatedData load(int devices, int pool, int groups, double holdBack, Partition partition) {
        Synthetic tasks = new Synthetic(1, 1, false, 8, 10, 200, 500);
        DataSettings settings = new DataSettings(
                new DataSettings.SyntheticPool(tasks, pool, groups),
                partition,
                new Features(1, false, Categories.INDEX),
                holdBack,
                0);
        RawData raw = DataLoader.load(settings, devices, new Seeds(6));
        return raw.featurized(raw.fitFeaturizer());
    }

    private static List<List<Float>> rows(Examples examples) {
        float[] all = new float[examples.count() * examples.width()];
        int[] order = IntStream.range(0, examples.count()).toArray();
        examples.features(order, 0, order.length, FloatBuffer.wrap(all));
        return IntStream.range(0, order.length)
                .mapToObj(i ->
                        IntStream.range(i * 8, i * 8 + 8).mapToObj(j -> all[j]).toList())
                .toList();
    }

    @Test
    void deviceHoldsDifferentExamplesOfItsGroup() {
        FederatedData data = load(10_000, 30_000, 30, 0.2, new Generated());
        Set<List<Float>> seen = new HashSet<>();
        for (int device = 0; device < 10_000; device += 97) {
            Set<List<Float>> own = new HashSet<>(rows(data.training(device)));
            assertThat(own).hasSize(data.trainingCount(device));
            List<List<Float>> heldOut = rows(data.heldOut(device));
            assertThat(heldOut).noneMatch(own::contains).hasSize((int) (0.2 * (own.size() + heldOut.size()) + 1e-9));
            seen.addAll(own);
        }
        assertThat(seen.size()).isGreaterThan(5_000);
    }

    @Test
    void groupsHaveTheirOwnTasks() {
        FederatedData data = load(200, 3000, 3, 0, new Generated());
        List<Double> firstMeans = IntStream.range(0, 200)
                .mapToObj(device -> rows(data.training(device)).stream()
                        .mapToDouble(row -> row.get(7))
                        .average()
                        .orElseThrow())
                .toList();

        // The last input varies by 8^-0.6 = 0.29 about its group's mean: devices fall into at most three heaps.
        long heaps =
                firstMeans.stream().map(mean -> Math.round(mean * 4)).distinct().count();
        assertThat(heaps).isBetween(2L, 8L);
    }

    @Test
    void millionDevicesAreThereAtOnceAndAlikeOnEveryNode() {
        FederatedData here = load(1_000_000, 20_000, 100, 0, new Generated());
        FederatedData there = load(1_000_000, 20_000, 100, 0, new Generated());

        assertThat(here.trainingCount(999_999)).isBetween(50, 200);
        assertThat(rows(here.training(999_999))).isEqualTo(rows(there.training(999_999)));
        assertThat(here.labelCounts(5).stream().mapToInt(i -> i).sum()).isEqualTo(here.trainingCount(5));
        assertThat(here.test().count()).isEqualTo(500);
        assertThatThrownBy(() -> here.training(1_000_000)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void deviceCannotReachItsNeighboursExamples() {
        Examples examples = load(10, 1000, 1, 0, new Generated()).training(0);

        assertThatThrownBy(() -> examples.labels(new int[] {examples.count()}, 0, 1, new int[1]))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void runGoesOnAtTheBeginningOfItsStretch() {
        PoolRows rows = new PoolRun(100, 4, 2);

        assertThat(IntStream.range(0, 6).map(rows::row)).containsExactly(102, 103, 100, 101, 102, 103);
    }

    private static double[] mix(FederatedData data, int device) {
        double total = data.trainingCount(device);
        return data.labelCounts(device).stream()
                .mapToDouble(count -> count / total)
                .toArray();
    }

    @Test
    void devicesWithALabelMixHoldDifferentExamplesOfTheirLabels() {
        FederatedData data = load(3_000, 60_000, 2, 0.2, new DataSettings.Dirichlet(0.3));
        for (int device = 0; device < 3_000; device += 101) {
            Examples training = data.training(device);
            Set<List<Float>> own = new HashSet<>(rows(training));
            int wanted = data.labelCounts(device).stream().mapToInt(i -> i).sum();
            assertThat(wanted).isEqualTo(data.trainingCount(device)).isEqualTo(training.count());
            assertThat(rows(data.heldOut(device))).noneMatch(own::contains);
            assertThat(own).hasSize(wanted);
        }
    }

    /** What is held back has the label mix of what is trained on: the order of a device's examples is random. */
    @Test
    void heldBackExamplesHaveTheSameMix() {
        FederatedData data = load(2_000, 60_000, 1, 0.5, new DataSettings.Dirichlet(0.3));
        double distance = 0;
        for (int device = 0; device < 2_000; device++) {
            Examples heldOut = data.heldOut(device);
            int[] labels = new int[heldOut.count()];
            heldOut.labels(IntStream.range(0, labels.length).toArray(), 0, labels.length, labels);
            double[] mix = mix(data, device);
            double other = 0;
            for (int label = 0; label < 10; label++) {
                int wanted = label;
                double share = (double) IntStream.of(labels)
                                .filter(one -> one == wanted)
                                .count()
                        / labels.length;
                other += Math.abs(share - mix[label]) / 2;
            }
            distance += other / 2_000;
        }
        // By chance about 0.13 with so few examples; halves of a list in order of labels would be near 1.
        assertThat(distance).isLessThan(0.2);
    }

    @Test
    void deviceThatHoldsMoreThanItsGroupHasHoldsAllOfIt() {
        FederatedData data = load(50, 40, 1, 0, new DataSettings.Dirichlet(0.1));
        for (int device = 0; device < 50; device++) {
            assertThat(data.trainingCount(device)).isGreaterThan(40);
            assertThat(new HashSet<>(rows(data.training(device)))).hasSize(40);
        }
    }

    @Test
    void oneTaskForAllGroupsIfTheyAreAlike() {
        Synthetic alike = new Synthetic(1, 1, true, 8, 10, 200, 500);
        DataSettings settings = new DataSettings(
                new DataSettings.SyntheticPool(alike, 3000, 3),
                new Generated(),
                new Features(1, false, Categories.INDEX),
                0,
                0);
        RawData raw = DataLoader.load(settings, 300, new Seeds(6));
        FederatedData data = raw.featurized(raw.fitFeaturizer());
        // All inputs have mean 0 then, in whatever group: the last one deviates by 8^-0.6 = 0.29, a mean of 50 by 0.04.
        for (int device = 0; device < 300; device++) {
            assertThat(rows(data.training(device)).stream()
                            .mapToDouble(row -> row.get(7))
                            .average()
                            .orElseThrow())
                    .isCloseTo(0, within(0.25));
        }
    }

    @Test
    void cannotBePartitionedInOtherWays() {
        assertThatThrownBy(() -> load(10, 1000, 1, 0, new Iid()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("can only be partitioned by Dirichlet, got Iid");
    }
}
