package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownSettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rounds.cohrt = 3 | rounds.cohrt is not a known setting; did you mean rounds.cohort?",
                "local.learningRate = 3 | local.learningRate is not a known setting; did you mean local.learning-rate?",
                "round.max = 3 | round is not a known setting; did you mean rounds?",
                "rounds.epochs = 3 | rounds.epochs is not a known setting; did you mean local.epochs?",
                "fleet.classes.a.upload = 3 | fleet.classes.a.upload is not a known setting; fleet.classes.a has "
                        + "battery-joules, compute-watts, down-per-second, drop-out, flops-per-second, like, memory, "
                        + "radio-watts, share, spread, up-per-second",
                "data.source.extra { a = 1 } | data.source.extra is not a known setting; data.source has alpha, beta, "
                        + "categorical, class-names, classes, decimal, delimiter, dialects, examples, features, file, groups, header, "
                        + "iid, kind, max-examples, missing, noise, numerical, pool-examples, split-seed, steps, target, target-classes, test, test-examples, test-images, test-labels, "
                        + "test-share, train, train-examples, train-images, train-labels",
            })
    void isRefusedWithTheNearestKnownOne(String setting, String message) {
        assertThat(Told.about("\n\n" + setting)).containsExactly("x.conf:3: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.source.file = a.csv | data.source.file does not apply with data.source.kind = glyphs",
                "data.partition.per-device = 2 | data.partition.per-device does not apply with data.partition.kind = auto",
                "algorithm.mu = 1 | algorithm.mu does not apply with algorithm.kind = fedavg",
                "algorithm.server.tau = 1 | algorithm.server.tau does not apply with algorithm.server.kind = sgd",
                "algorithm.server.momentum = 0 | algorithm.server.momentum does not apply with algorithm.server.kind = sgd",
            })
    void settingOfAnotherKindIsRefused(String setting, String message) {
        assertThat(Told.about(setting)).containsExactly("x.conf:1: " + message);
    }

    @Test
    void kindFromTheCommandLineLeavesTheFilesOldSettingsBehind() {
        String shards = "data.partition { kind = shards, per-device = 3 }";

        assertThat(Told.about(shards, "data.partition.kind=iid")).isEmpty();
        assertThat(Told.scenario(shards, "data.partition.kind=iid").text()).doesNotContain("per-device");
        assertThat(Told.about(shards, "data.partition.kind=iid", "data.partition.per-device=4"))
                .containsExactly("--set data.partition.per-device=4: data.partition.per-device does not apply with "
                        + "data.partition.kind = iid");
    }

    @Test
    void wrongKindDoesNotMakeItsSettingsWrong() {
        assertThat(Told.about("data.partition { kind = shard, per-device = 3 }"))
                .hasSize(1);
    }

    @Test
    void overrideOfAnUnknownSettingGetsTheSameSuggestion() {
        assertThat(Told.about("", "rounds.cohrt=20"))
                .containsExactly(
                        "--set rounds.cohrt=20: rounds.cohrt is not a known setting; did you mean rounds.cohort?");
    }

    @Test
    void anUnknownBlockOfAnOverrideIsToldAtTheOverride() {
        assertThat(Told.about("", "nonsense.key=3"))
                .singleElement()
                .asString()
                .startsWith("--set nonsense.key=3: nonsense is not a known setting");
    }
}
