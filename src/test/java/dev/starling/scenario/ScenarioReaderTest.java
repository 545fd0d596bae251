package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.algorithm.AlgorithmSettings;
import dev.starling.base.InputException;
import dev.starling.base.Problem;
import dev.starling.base.SimTime;
import dev.starling.data.DataSettings;
import dev.starling.fleet.DeviceClass;
import dev.starling.model.Activation;
import dev.starling.model.LayerSpec.Dense;
import dev.starling.model.LocalSettings;
import dev.starling.model.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioReaderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void everyProblemIsToldAtOnceInTheOrderOfTheFileAndRulesLast() throws IOException {
        Path file = write("""
                rounds.cohort = 250
                local { epochs = 0, batch = all }
                foo = 1
                algorithm.kind = fedprox
                """);

        assertThatThrownBy(() -> ScenarioReader.read(file, List.of("rounds.max=-1"), OptionalLong.empty()))
                .isInstanceOfSatisfying(
                        InputException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::toString)
                                .containsExactly(
                                        file + ":2: local.batch must be a whole number, or full, got \"all\"",
                                        file + ":2: local.epochs must be between 1 and 1000000, got 0",
                                        file
                                                + ":3: foo is not a known setting; a scenario has algorithm, data, evaluate-devices,"
                                                + " fleet, local, model, name, personal, pre-training, rounds, seed, store",
                                        file + ":4: algorithm.mu is required with algorithm.kind = fedprox",
                                        "--set rounds.max=-1: rounds.max must be between 0 and 10000000, got -1",
                                        file + ":1: rounds.cohort must be at most fleet.devices (100), got 250"));
    }

    @Test
    void overridesReplaceWhatTheFileSays() throws IOException {
        Path file = write("rounds.cohort = 5, name = mine, seed = 1");

        Scenario scenario = ScenarioReader.read(
                file,
                List.of("rounds.cohort=20", "rounds.cohort=30", "model.network=mlp(20, 30)", "fleet.devices = 1e3"),
                OptionalLong.of(-7));

        assertThat(scenario.rounds().cohort()).isEqualTo(30);
        assertThat(scenario.fleet().devices()).isEqualTo(1000);
        assertThat(scenario.model().layers())
                .containsExactly(
                        new Dense(20, Activation.RELU),
                        new Dense(30, Activation.RELU),
                        new Dense(0, Activation.LINEAR));
        assertThat(scenario.seed()).isEqualTo(-7);
        assertThat(scenario.name()).isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rounds.cohort", "=3", ""})
    void overrideWithoutAKeyIsRefused(String override) {
        assertThat(Told.about("", override))
                .containsExactly("--set " + override + ": must be key=value, for example rounds.cohort=20");
    }

    @Test
    void overrideWithAMalformedKeyIsRefused() {
        assertThat(Told.about("", "rounds..cohort=3"))
                .containsExactly("--set rounds..cohort=3: has a malformed key rounds..cohort");
    }

    @Test
    void overrideCannotSmuggleInFurtherSettings() {
        assertThat(Told.about("", "rounds.cohort=5, seed=3"))
                .containsExactly("--set rounds.cohort=5, seed=3: rounds.cohort must be a whole number, or all, got"
                        + " \"5, seed=3\"");
    }

    @Test
    void overrideMayBeABlock() {
        assertThat(Told.scenario("", "data.partition={kind=dirichlet, alpha=0.1}")
                        .data()
                        .partition())
                .isEqualTo(new DataSettings.Dirichlet(0.1));
    }

    @Test
    void fileThatIsNotThereIsOneClearProblem() {
        Path missing = directory.resolve("no.conf");

        assertThatThrownBy(() -> ScenarioReader.read(missing, List.of(), OptionalLong.empty()))
                .isInstanceOf(InputException.class)
                .hasMessage(missing + ": there is no such file");
        assertThatThrownBy(() -> ScenarioReader.read(directory, List.of(), OptionalLong.empty()))
                .isInstanceOf(InputException.class)
                .hasMessage(directory + ": must be a scenario file, is a directory");
    }

    @Test
    void fileThatIsFarTooLargeIsNotParsed() throws IOException {
        Path file = directory.resolve("data.npz");
        Files.write(file, new byte[(1 << 20) + 1]);

        assertThatThrownBy(() -> ScenarioReader.read(file, List.of(), OptionalLong.empty()))
                .isInstanceOf(InputException.class)
                .hasMessage(file + ": must be at most 1048576 bytes to be a scenario, has 1048577");
    }

    @Test
    void fileThatIsNotTextIsNotParsed() throws IOException {
        Path file = directory.resolve("labels.gz");
        Files.write(file, new byte[] {31, (byte) 139, 8, 0, 0});

        assertThatThrownBy(() -> ScenarioReader.read(file, List.of(), OptionalLong.empty()))
                .isInstanceOf(InputException.class)
                .hasMessage(file + ": must be a scenario file, is not text");
    }

    @Test
    void scenarioMayBuildOnAnotherWhoseProblemsAreToldWithItsName() throws IOException {
        Files.writeString(directory.resolve("base.conf"), "rounds.max = 3\n");
        Path file = write("include required(\"base.conf\")\nrounds.cohort = 7");

        assertThat(ScenarioReader.read(file, List.of(), OptionalLong.empty())
                        .phases()
                        .maxRounds())
                .isEqualTo(3);

        Files.writeString(directory.resolve("base.conf"), "\nrounds.mx = 3\n");
        assertThatThrownBy(() -> ScenarioReader.read(file, List.of(), OptionalLong.empty()))
                .isInstanceOf(InputException.class)
                .hasMessage(directory.resolve("base.conf")
                        + ":2: rounds.mx is not a known setting; did you mean rounds.max?");
    }

    @Test
    void overrideMayReferToASettingAndTakesThePlaceOfTheFiles() {
        assertThat(Told.scenario("rounds.cohort = 5, fleet.devices = 30", "rounds.cohort=${fleet.devices}")
                        .rounds()
                        .cohort())
                .isEqualTo(30);
        assertThat(Told.scenario("local.batch = 5", "local.batch=${pre-training.batch}")
                        .local()
                        .batchSize())
                .isEqualTo(10);
    }

    @Test
    void brokenHoconNamesTheLine() {
        assertThat(Told.about("seed = 1\nrounds {\n cohort = 3\n"))
                .containsExactly("x.conf:4: is not valid HOCON: the file ends before every { and [ is closed");
        assertThat(Told.about("seed = 1\nname = = 2"))
                .singleElement()
                .asString()
                .startsWith("x.conf:2: is not valid HOCON: Expecting a value but got wrong token: '='");
        assertThat(Told.about("\n\nname = ${no.such.thing}"))
                .containsExactly(
                        "x.conf:3: is not valid HOCON: Could not resolve substitution to a value: ${no.such.thing}");
    }

    @Test
    void settingsMayReferToEachOtherAndToDefaults() {
        Scenario scenario = Told.scenario(
                "fleet.devices = 40, rounds.cohort = ${fleet.devices}, local.batch = ${pre-training.batch}");

        assertThat(scenario.rounds().cohort()).isEqualTo(40);
        assertThat(scenario.local().batchSize()).isEqualTo(10);
    }

    @Test
    void filesAreRelativeToTheDataDirectoryAndThatToWhereStarlingRuns() {
        Scenario scenario = Told.scenario(
                "data { directory = some/where, source { kind = npz, file = a/b.npz } }, model.init-from = /abs/i.npz, rounds.cohorts = c.npy");
        Path here = Path.of("some/where").toAbsolutePath();

        assertThat(scenario.data().source()).isEqualTo(new DataSettings.Npz(here.resolve("a/b.npz")));
        assertThat(scenario.initialModel()).contains(Path.of("/abs/i.npz"));
        assertThat(scenario.rounds().cohorts()).contains(here.resolve("c.npy"));
        assertThat(scenario.text()).contains("directory = \"" + here + "\"");
    }

    @Test
    void nodeMayKeepItsDataElsewhere() {
        Scenario scenario = Told.scenario("data { directory = /a, source { kind = npz, file = d.npz } }");

        assertThat(ScenarioReader.parse(scenario.text(), "run", List.of("data.directory=/b"))
                        .data()
                        .source())
                .isEqualTo(new DataSettings.Npz(Path.of("/b/d.npz")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data.source { kind = idx, train-images = a, train-labels = b, test-images = c, test-labels = d }",
                "data.source { kind = cifar10, train = [a, b], test = [c] }",
                "data.source { kind = csv, file = a.csv, numerical = [1, 2], categorical = [\"a b\"], target = y, delimiter = \" \" }",
                "data { source { kind = npz, file = a.npz }, partition.kind = from-file }",
                "data { source { kind = npz, file = a.npz }, partition { kind = by-column, column = 3 } }",
                "data.source { kind = synthetic, alpha = 0.5, iid = yes }",
                "data.partition { kind = power-law, exponent = 1.5 }",
                "data { partition { kind = log-normal, sigma = 2 }, features { scale = 1/255, standardize = true } }",
                "algorithm { kind = fedsgd, server { kind = yogi, learning-rate = 0.01 } }",
                "algorithm { kind = data-parallel }, fleet.devices = 8",
                "algorithm { kind = fedprox, mu = 0.01 }, rounds { deadline = 90 s, pause = 2 minutes }",
                "model.layers = [{ type = dense, units = 5, activation = tanh }]",
                "model.init-from = i.npz, rounds.cohorts = c.npy, rounds.target { metric = loss, value = 0.1, stop = false }",
                "fleet { start = \"2026-03-01T09:00:00+01:00\", classes { \"high end\" { share = 0.25, up-per-second = 1 MB }, b.share = 0.75 } }",
                "seed = -9223372036854775808, name = a.b-c",
            })
    void textGivesTheSameScenarioOnAnotherNode(String text) {
        Scenario scenario = Told.scenario(text);

        assertThat(ScenarioReader.parse(scenario.text(), "elsewhere")).isEqualTo(scenario);
    }

    @Test
    void unitsAreUnderstood() {
        Scenario scenario = Told.scenario("""
                rounds { deadline = 3 minutes, pause = 0 }
                fleet {
                  start = "2026-03-01T09:00:00+01:00"
                  classes { b { share = 0.75, up-per-second = 1500 }
                            a { share = 1/4, down-per-second = 2 MiB, up-per-second = 1.5 MB, flops-per-second = 1e9, spread = 0, drop-out = 0.1 } }
                }""");

        assertThat(scenario.rounds().deadlineSeconds()).isEqualTo(180);
        assertThat(scenario.rounds().pauseSeconds()).isZero();
        assertThat(scenario.fleet().start()).isEqualTo(SimTime.of(Instant.parse("2026-03-01T08:00:00Z")));
        assertThat(scenario.fleet().classes())
                .containsExactly(
                        new DeviceClass("a", 0.25, 1e9, 2 * 1024 * 1024, 1_500_000, 0, 0.1),
                        new DeviceClass("b", 0.75, 2e9, 2_000_000, 1500, 0.3, 0));
        assertThat(Told.scenario("").rounds().deadlineSeconds()).isInfinite();
    }

    @Test
    void imagesAreScaledUnlessTheScenarioSaysOtherwise() {
        assertThat(Told.scenario("").data().features().scale()).isEqualTo(1.0 / 255);
        assertThat(Told.scenario("data.features.scale = 1").data().features().scale())
                .isEqualTo(1);
        assertThat(Told.scenario("data.source.kind = synthetic")
                        .data()
                        .features()
                        .scale())
                .isEqualTo(1);
    }

    @Test
    void algorithmsBringTheLocalWorkThatTheyAre() {
        Scenario fedSgd = Told.scenario("algorithm.kind = fedsgd");
        Scenario fedProx = Told.scenario("algorithm { kind = fedprox, mu = 0.3 }");
        Scenario parallel = Told.scenario("algorithm.kind = data-parallel, fleet.devices = 8, local.batch = 16");

        assertThat(fedSgd.local().batchSize()).isEqualTo(LocalSettings.FULL_BATCH);
        assertThat(fedProx.local().proximal()).isEqualTo(0.3);
        assertThat(fedProx.algorithm().kind()).isEqualTo(AlgorithmSettings.Kind.FEDPROX);
        assertThat(parallel.rounds().cohort()).isEqualTo(8);
        assertThat(parallel.local().batchSize()).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({"mse, RMSE", "huber, RMSE", "mae, MAE", "sigmoid-cross-entropy, LOSS"})
    void everyLossBringsItsMetric(String loss, PhaseSettings.Metric metric) {
        Scenario scenario = Told.scenario("data.source { kind = npz, file = a.npz }, model.loss = " + loss);

        assertThat(scenario.phases().metric()).isEqualTo(metric);
    }

    @Test
    void numbersToPredictBringTheirLossAndMetric() {
        Scenario scenario = Told.scenario("data.source { kind = csv, file = a.csv, numerical = [a], target = y }");

        assertThat(scenario.model().loss()).isEqualTo(Loss.MSE);
        assertThat(scenario.phases().metric()).isEqualTo(PhaseSettings.Metric.RMSE);
    }

    @Test
    void experimentDoneElsewhereCanBeRepeatedExactly() {
        Scenario scenario = Told.scenario("""
                data { source { kind = npz, file = data.npz }, partition.kind = from-file, hold-back = 0 }
                model { network = logistic, init-from = init.npz }
                local { epochs = 1, batch = full, learning-rate = 0.5, weight-decay = 0.01, shuffle = false }
                fleet.devices = 200
                rounds { max = 10, cohort = 20, cohorts = cohorts.npy }
                """);

        assertThat(scenario.local()).isEqualTo(new LocalSettings(1, LocalSettings.FULL_BATCH, 0.5, 0, 0.01, 0, false));
        assertThat(scenario.data().partition()).isEqualTo(new DataSettings.FromFile());
        assertThat(scenario.data().holdBack()).isZero();
        assertThat(scenario.rounds().cohorts()).isPresent();
        assertThat(scenario.model().layers()).containsExactly(new Dense(0, Activation.LINEAR));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("case.conf"), text);
    }
}
