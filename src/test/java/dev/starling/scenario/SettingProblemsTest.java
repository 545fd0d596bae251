package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule of a single setting; each is broken once, on line 2. */
class SettingProblemsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // wrong types
                "fleet.devices = many | fleet.devices must be a whole number, got \"many\"",
                "fleet.devices = 2.5 | fleet.devices must be a whole number, got 2.5",
                "fleet.devices = [1] | fleet.devices must be a whole number, got [1]",
                "fleet.devices { n = 1 } | fleet.devices must be a whole number, got {\"n\":1}",
                "fleet = 100 | fleet must be a block { ... }, got 100",
                "seed = 1.5 | seed must be a whole number of at most 64 bits, got 1.5",
                "seed = 9223372036854775808 | seed must be a whole number of at most 64 bits, got \"9223372036854775808\"",
                "local.shuffle = maybe | local.shuffle must be true or false, got \"maybe\"",
                "local.shuffle = 1 | local.shuffle must be true or false, got 1",
                "local.learning-rate = fast | local.learning-rate must be a number, got \"fast\"",
                "local.learning-rate = NaN | local.learning-rate must be a number, got \"NaN\"",
                "local.learning-rate = 1e999 | local.learning-rate must be a finite number, got 1e999",
                "model.init = [he] | model.init must be one of he, glorot, zero, got [\"he\"]",
                "data.directory = \"\" | data.directory must be a file name, got \"\"",
                // ranges
                "fleet.devices = 0 | fleet.devices must be between 1 and 100000000, got 0",
                "fleet.devices = 1e9 | fleet.devices must be between 1 and 100000000, got 1e9",
                "rounds.cohort = 0 | rounds.cohort must be between 1 and 100000000, or all, got 0",
                "rounds.cohort = some | rounds.cohort must be a whole number, or all, got \"some\"",
                "rounds.tiers.regional-rounds = 0 | rounds.tiers.regional-rounds must be between 1 and 10000000, or none, or never, got 0",
                "rounds.over-selection = 0.9 | rounds.over-selection must be at least 1, got 0.9",
                "rounds.minimum-reports = 0 | rounds.minimum-reports must be between 1 and 100000000, got 0",
                "rounds.max = -1 | rounds.max must be between 0 and 10000000, got -1",
                "rounds.max = 0 | rounds.max must be at least 1 without personal.sessions, got 0",
                "personal.sessions = -1 | personal.sessions must be between 0 and 1000000, got -1",
                "personal.share = 0 | personal.share must be above 0 and at most 1, got 0",
                "personal.train = tail | personal.train must be all, head or a list of layer indices such as [1, 2], got \"tail\"",
                "personal.train = [1, -2] | personal.train must be all, head or a list of layer indices such as [1, 2], got [1,-2]",
                "personal.update.policy = swap | personal.update.policy must be one of none, replace, keep, rebase, retrain, got \"swap\"",
                "rounds.evaluate-every = 0 | rounds.evaluate-every must be between 1 and 10000000, got 0",
                "rounds.target.value = 0 | rounds.target.value must be above 0, got 0",
                "local.epochs = 0 | local.epochs must be between 1 and 1000000, got 0",
                "local.batch = 0 | local.batch must be at least 1, or full, got 0",
                "local.learning-rate = 0 | local.learning-rate must be above 0, got 0",
                "local.momentum = 1 | local.momentum must be at least 0 and below 1, got 1",
                "local.weight-decay = -0.1 | local.weight-decay must be at least 0, got -0.1",
                "data.hold-back = 1 | data.hold-back must be at least 0 and below 1, got 1",
                "data.proxy = -0.5 | data.proxy must be at least 0 and below 1, got -0.5",
                "data.source.noise = 1.5 | data.source.noise must be at least 0 and at most 1, got 1.5",
                "data.source.train-examples = 9 | data.source.train-examples must be at least 10, got 9",
                "data.source.test-examples = 0 | data.source.test-examples must be at least 1, got 0",
                "pre-training.epochs = -1 | pre-training.epochs must be between 0 and 1000000, got -1",
                "pre-training.batch = 0 | pre-training.batch must be at least 1, got 0",
                "pre-training.learning-rate = 0 | pre-training.learning-rate must be above 0, got 0",
                "algorithm.server.learning-rate = -1 | algorithm.server.learning-rate must be above 0, got -1",
                // own grammars
                "rounds.deadline = 90 | rounds.deadline must be a duration with its unit, such as 3 minutes, or infinite, got 90",
                "rounds.deadline = soon | rounds.deadline must be a duration with its unit, such as 3 minutes, or infinite, got \"soon\"",
                "rounds.pause = -3 s | rounds.pause must be at least 0, got \"-3 s\"",
                "fleet.start = noon | fleet.start must be a moment such as 2026-01-05T08:00:00Z, got \"noon\"",
                "fleet.classes.a.up-per-second = lots | fleet.classes.a.up-per-second must be bytes: a number or a size such as 500 kB, got \"lots\"",
                "fleet.classes.a.down-per-second = 0 | fleet.classes.a.down-per-second must be above 0, got 0",
                "fleet.classes.a.share = 0 | fleet.classes.a.share must be above 0 and at most 1, got 0",
                "fleet.classes.a.flops-per-second = 0 | fleet.classes.a.flops-per-second must be above 0, got 0",
                "fleet.classes.a.spread = -1 | fleet.classes.a.spread must be at least 0, got -1",
                "fleet.classes.a.drop-out = 1 | fleet.classes.a.drop-out must be at least 0 and below 1, got 1",
                "fleet.classes.a = 3 | fleet.classes.a must be a block { ... }, got 3",
                "data.features.scale = 1/0 | data.features.scale must be a finite number, or auto, got \"1/0\"",
                "data.features.scale = 1/2/3 | data.features.scale must be a number or a fraction such as 1/255, or auto, got \"1/2/3\"",
                "name = \"a/b\" | name must be 1 to 60 letters, digits, dots, dashes and underscores, the first a letter or digit, got \"a/b\"",
                "model.network = \"mlp()\" | model.network must be a model with fitting arguments (units must be whole numbers >= 1), got \"mlp()\"",
                "model.network = \"mlp(0)\" | model.network must be a model with fitting arguments (units must be whole numbers >= 1), got \"mlp(0)\"",
                // words, with what was probably meant
                "algorithm.kind = fedavgg | algorithm.kind must be one of fedavg, fedsgd, fedprox, data-parallel, custom, got \"fedavgg\"; did you mean fedavg?",
                "algorithm.server.kind = admm | algorithm.server.kind must be one of sgd, momentum, adagrad, adam, yogi, got \"admm\"; did you mean adam?",
                "data.source.kind = mnist | data.source.kind must be one of glyphs, synthetic, synthetic-pool, keyboard, idx, cifar10, csv, npz, got \"mnist\"",
                "data.partition.kind = shard | data.partition.kind must be one of auto, iid, shards, dirichlet, power-law, log-normal, by-column, from-file, generated, got \"shard\"; did you mean shards?",
                "data.features.categories = onehot | data.features.categories must be one of index, one-hot, got \"onehot\"; did you mean one-hot?",
                "model.loss = crossentropy | model.loss must be one of cross-entropy, sigmoid-cross-entropy, mse, mae, huber, or auto, got \"crossentropy\"; did you mean cross-entropy?",
                "rounds.target.metric = acc | rounds.target.metric must be one of accuracy, loss, mae, rmse, or auto, got \"acc\"",
                // what stands in for a number that cannot be is one that can
                "store.recovery-seconds = 0 | store.recovery-seconds must be above 0, got 0",
                "store.recovery-seconds = -1 | store.recovery-seconds must be above 0, got -1",
                // layers
                "model.layers = 3 | model.layers must be a list [ ... ], got 3",
                "model.layers = [200] | model.layers[0] must be a block such as { type = dense, units = 200 }, got 200",
                "model.layers = [{ units = 5 }] | model.layers[0].type is required",
                "model.layers = [{ type = convo, units = 5 }] | model.layers[0].type must be one of dense, conv, max-pool, average-pool, global-average-pool, batch-norm, group-norm, dropout, flatten, activation, residual, embed-columns, embed-tokens, gru, lstm, custom, got \"convo\"; did you mean conv?",
                "model.layers = [{ type = dense }] | model.layers[0].units is required",
                "model.layers = [{ type = dense, units = 0 }] | model.layers[0].units must be between 1 and 1000000, got 0",
                "model.layers = [{ type = dense, units = 5, activation = relo }] | model.layers[0].activation must be one of linear, relu, leaky-relu, tanh, sigmoid, gelu, got \"relo\"; did you mean relu?",
                "model.layers = [{ type = dense, units = 5, unit = 5 }] | model.layers[0].unit is not a known setting; did you mean units?",
            })
    void isToldWithLineKeyRuleAndValue(String setting, String message) {
        assertThat(Told.about("\n" + setting)).containsExactly("x.conf:2: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "synthetic | alpha = -1 | alpha must be at least 0, got -1",
                "synthetic | beta = -1 | beta must be at least 0, got -1",
                "synthetic | iid = 2 | iid must be true or false, got 2",
                "synthetic | features = 0 | features must be between 1 and 1000000, got 0",
                "synthetic | classes = 1 | classes must be between 2 and 1000000, got 1",
                "synthetic | max-examples = 0 | max-examples must be at least 1, got 0",
                "npz | file = [] | file must be a file name, got []",
                "npz | file = null | file is required with data.source.kind = npz",
            })
    void isToldForEverySource(String kind, String setting, String message) {
        assertThat(Told.about("data.source { kind = " + kind + "\n" + setting + " }"))
                .containsExactly("x.conf:2: data.source." + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shards | per-device = 0 | per-device must be at least 1, got 0",
                "dirichlet | alpha = 0 | alpha must be above 0, got 0",
                "power-law | exponent = 1 | exponent must be above 1, got 1",
                "power-law | labels = 0 | labels must be at least 1, got 0",
                "power-law | smallest = 0 | smallest must be at least 1, got 0",
                "log-normal | sigma = -1 | sigma must be at least 0, got -1",
            })
    void isToldForEveryPartition(String kind, String setting, String message) {
        assertThat(Told.about("data.partition { kind = " + kind + "\n" + setting + " }"))
                .containsExactly("x.conf:2: data.partition." + message);
    }

    @Test
    void everyMissingSettingIsTold() {
        assertThat(Told.about("data.source { kind = idx }"))
                .containsExactly(
                        "x.conf:1: data.source.train-images is required with data.source.kind = idx",
                        "x.conf:1: data.source.train-labels is required with data.source.kind = idx",
                        "x.conf:1: data.source.test-images is required with data.source.kind = idx",
                        "x.conf:1: data.source.test-labels is required with data.source.kind = idx");
        assertThat(Told.about("\nalgorithm.kind = fedprox"))
                .containsExactly("x.conf:2: algorithm.mu is required with algorithm.kind = fedprox");
    }

    @Test
    void csvColumnsAndDelimiterAreChecked() {
        assertThat(Told.about("""
                        data.source {
                          kind = csv, file = a.csv, target = y
                          numerical = x
                          categorical = [[1]]
                          delimiter = "::"
                          target-classes = -1
                          test-share = 1
                          header = 7
                        }"""))
                .containsExactly(
                        "x.conf:3: data.source.numerical must be a list [ ... ], got \"x\"",
                        "x.conf:4: data.source.categorical must be a list, each element text, got [[1]]",
                        "x.conf:5: data.source.delimiter must be one character, got \"::\"",
                        "x.conf:6: data.source.target-classes must be between 0 and 1000000, got -1",
                        "x.conf:7: data.source.test-share must be at least 0 and below 1, got 1",
                        "x.conf:8: data.source.header must be true or false, got 7");
    }
}
