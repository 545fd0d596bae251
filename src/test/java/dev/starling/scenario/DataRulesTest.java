package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "synthetic | shards | data.partition.kind must be generated (or left out) with data.source.kind = synthetic, got shards",
                "synthetic-pool | shards | data.partition.kind must be generated (or left out) or dirichlet with data.source.kind = synthetic-pool, got shards",
                "glyphs | generated | data.partition.kind = generated needs data.source.kind = synthetic, synthetic-pool or keyboard",
                "glyphs | from-file | data.partition.kind = from-file needs data.source.kind = npz",
                "glyphs | by-column, column = 3 | data.partition.kind = by-column needs data.source.kind = csv or npz",
            })
    void partitionMustFitTheSource(String source, String partition, String message) {
        assertThat(Told.about("data.source.kind = " + source + "\ndata.partition { kind = " + partition + " }"))
                .containsExactly("x.conf:2: " + message);
    }

    @ParameterizedTest
    @CsvSource({"dirichlet", "power-law"})
    void partitionByLabelsNeedsLabels(String partition) {
        assertThat(Told.about(csv("numerical = [a], target = y") + "\ndata.partition.kind = " + partition))
                .containsExactly("x.conf:2: data.partition.kind = " + partition
                        + " needs labels, but data.source.target-classes is 0: the target is a number");
        assertThat(Told.about(csv("numerical = [a], target = y, target-classes = 3") + "\ndata.partition.kind = "
                        + partition))
                .isEmpty();
    }

    @Test
    void numbersCanBeCutIntoShards() {
        assertThat(Told.about(csv("numerical = [a], target = y") + "\ndata.partition.kind = shards"))
                .isEmpty();
    }

    @Test
    void aSharedProxyCanBeAllButNotOfDataThatIsDrawnAnew() {
        assertThat(Told.about("data { proxy = 1, proxy-shared = true }")).isEmpty();
        assertThat(Told.about("\ndata.proxy = 1"))
                .containsExactly("x.conf:2: data.proxy must be at least 0 and below 1, got 1");
        assertThat(Told.about("data.source.kind = synthetic\ndata.proxy-shared = true"))
                .containsExactly(
                        "x.conf:2: data.proxy-shared must be false with data.source.kind = synthetic: its proxy"
                                + " examples are drawn anew, devices own others");
    }

    @Test
    void slicesOfTheTestSetNeedAPartitionThatCutsItAlike() {
        assertThat(Told.about("data.partition.kind = shards\ndata.evaluate-on = test-slice"))
                .isEmpty();
        assertThat(Told.about("data.partition.kind = dirichlet\ndata.evaluate-on = test-slice"))
                .containsExactly(
                        "x.conf:2: data.evaluate-on = test-slice needs data.partition.kind = shards or iid, got dirichlet");
    }

    @Test
    void deviceCannotHaveMoreLabelsThanThereAre() {
        assertThat(Told.about("data.partition { kind = power-law\n labels = 11 }"))
                .containsExactly("x.conf:2: data.partition.labels must be at most the number of classes (10), got 11");
    }

    @Test
    void thereMustBeAnExampleInEveryShard() {
        assertThat(Told.about("data.source.train-examples = 299\ndata.partition { kind = shards, per-device = 3 }"))
                .containsExactly("x.conf:2: data.partition.per-device × fleet.devices must be at most the training"
                        + " examples (299), got 3 × 100 = 300");
        assertThat(Told.about("data.source.train-examples = 300\ndata.partition { kind = shards, per-device = 3 }"))
                .isEmpty();
    }

    @Test
    void coordinatorsShareIsNotThereForDevices() {
        assertThat(
                        Told.about(
                                "data { source.train-examples = 400, proxy = 0.5\n partition { kind = shards\n per-device = 3 } }"))
                .containsExactly("x.conf:3: data.partition.per-device × fleet.devices must be at most the training"
                        + " examples (200), got 3 × 100 = 300");
    }

    @Test
    void everyDeviceMustGetItsSmallestNumberOfExamples() {
        assertThat(Told.about("fleet.devices = 10000"))
                .containsExactly("x.conf:1: fleet.devices must be at most the training examples (6000), got 10000");
        assertThat(Told.about("data.partition { kind = log-normal, smallest = 61 }"))
                .containsExactly("x.conf:1: data.partition.smallest × fleet.devices must be at most the training"
                        + " examples (6000), got 61 × 100 = 6100");
    }

    @Test
    void batchesOfCifarMustBeNamed() {
        assertThat(Told.about("data.source { kind = cifar10, train = [a.bin] }"))
                .containsExactly("x.conf:1: data.source.test must name at least one file");
        assertThat(Told.about("data.source { kind = cifar10, test = [a.bin] }"))
                .containsExactly("x.conf:1: data.source.train must name at least one file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "target = y | data.source.numerical and data.source.categorical must name at least one column together",
                "numerical = [a, b], categorical = [b], target = y | data.source.numerical and data.source.categorical name column b twice",
                "numerical = [a, y], target = y | data.source.target must not be an input too, got y",
                "header = false, numerical = [0, b], target = 1 | data.source.numerical must name columns by index from 0, for data.source.header is false; got \"b\"",
                "header = false, categorical = [c], target = 1 | data.source.categorical must name columns by index from 0, for data.source.header is false; got \"c\"",
                "header = false, numerical = [0], target = y | data.source.target must name columns by index from 0, for data.source.header is false; got \"y\"",
            })
    void columnsMustMakeSense(String settings, String message) {
        assertThat(Told.about(csv(settings))).containsExactly("x.conf:1: " + message);
    }

    private static String csv(String settings) {
        return "data.source { kind = csv, file = a.csv, " + settings + " }";
    }
}
