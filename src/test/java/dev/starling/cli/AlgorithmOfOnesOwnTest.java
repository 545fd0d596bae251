package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.algorithm.Algorithm;
import dev.starling.algorithm.AlgorithmSettings.Kind;
import dev.starling.algorithm.AlgorithmSettings.Server;
import dev.starling.algorithm.AlgorithmSettings.ServerSettings;
import dev.starling.algorithm.Algorithms;
import dev.starling.algorithm.ServerOptimizer;
import dev.starling.algorithm.Weighing;
import dev.starling.metrics.Phase;
import dev.starling.model.LocalSettings;
import dev.starling.model.NamedModels;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.example.OneVote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The README's recipe for an algorithm, with its own example: {@link OneVote}, in a scenario. */
class AlgorithmOfOnesOwnTest {

    private static final String FLEET = """
            data {
              source { kind = glyphs, train-examples = 200, test-examples = 20 }
              partition { kind = log-normal, smallest = 3 }
              hold-back = 0
            }
            model.network = logistic
            local { batch = 10, learning-rate = 0.1 }
            evaluate-devices = false
            fleet.devices = 8
            rounds { max = 2, cohort = all }
            """;

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private static Scenario scenario(String algorithm) {
        return ScenarioReader.parse(FLEET + algorithm, "own.conf");
    }

    @Test
    void readmeShowsItAsItIs() throws IOException {
        String example = Files.readString(Path.of("src/test/java/org/example/OneVote.java"));

        assertThat(Files.readString(Path.of("README.md")))
                .contains("algorithm { kind = custom, class = org.example.OneVote }")
                .contains(example.lines()
                        .skip(2)
                        .filter(line -> !line.startsWith("import"))
                        .collect(Collectors.joining("\n"))
                        .strip());
    }

    @Test
    void aScenarioThatNamesItsClassRunsIt() {
        FleetInOneJvm.Run averaged = FleetInOneJvm.run(FLEET, 2, directory);
        FleetInOneJvm.Run voted =
                FleetInOneJvm.run(FLEET + "algorithm { kind = custom, class = org.example.OneVote }", 2, directory);

        assertThat(voted.outcome().phase()).isEqualTo(Phase.DONE);
        assertThat(voted.root()).as("devices have unequal data").isNotEqualTo(averaged.root());
        assertThat(voted.rounds())
                .allSatisfy(round -> assertThat(round.reported()).isEqualTo(8));
    }

    @Test
    void itsOptimizerIsThatOfTheScenario() {
        Scenario scenario =
                scenario("algorithm { kind = custom, class = org.example.OneVote, server.kind = momentum }");

        assertThat(Algorithms.of(scenario.algorithm()))
                .isEqualTo(new OneVote(new ServerSettings(Server.MOMENTUM, 1, 0.9, 0, 0)));
        assertThat(ScenarioReader.parse(scenario.text(), "again.conf").text()).isEqualTo(scenario.text());
    }

    /** FedProx of one's own, whose μ comes from the scenario. */
    public record Pulled(ServerSettings server, double mu) implements Algorithm {

        public Pulled(ServerSettings server, Map<String, String> settings) {
            this(server, Double.parseDouble(settings.getOrDefault("mu", "0")));
        }

        @Override
        public LocalSettings local(LocalSettings of) {
            return new LocalSettings(
                    of.epochs(), of.batchSize(), of.learningRate(), of.momentum(), of.weightDecay(), mu, of.shuffle());
        }

        @Override
        public boolean partialWork() {
            return true;
        }

        @Override
        public boolean gradientOnly() {
            return false;
        }

        @Override
        public Weighing weighing() {
            return Weighing.BY_EXAMPLES;
        }

        @Override
        public ServerOptimizer newServerOptimizer() {
            return ServerOptimizer.of(server);
        }
    }

    @Test
    void settingsComeToItsConstructor() {
        String name = Pulled.class.getName();
        Scenario scenario = scenario("algorithm { kind = custom, class = \"" + name + "\", settings { mu = 0.5 } }");

        assertThat(Algorithms.of(scenario.algorithm()).local(scenario.local()).proximal())
                .isEqualTo(0.5);
        assertThat(ScenarioReader.parse(scenario.text(), "again.conf")).isEqualTo(scenario);
    }

    @Test
    void whatIsNoAlgorithmIsToldWithItsLine() {
        assertThatThrownBy(() -> scenario("algorithm { kind = custom, class = org.example.Nowhere }"))
                .hasMessageContaining("own.conf:11: algorithm.class must be a class on the class path,"
                        + " got \"org.example.Nowhere\"");
        assertThatThrownBy(() -> scenario("algorithm { kind = custom, class = org.example.Scale }"))
                .hasMessageContaining("must be a public class with a public constructor (ServerSettings)");
        assertThatThrownBy(() -> scenario("algorithm.kind = custom"))
                .hasMessageContaining("algorithm.class is required with algorithm.kind = custom");
        assertThatThrownBy(() -> scenario("algorithm.class = org.example.OneVote"))
                .hasMessageContaining("algorithm.class does not apply with algorithm.kind = fedavg");
    }

    /** One line in {@link Kind} is all that a word needs. */
    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "CUSTOM", mode = EnumSource.Mode.EXCLUDE)
    void everyWordOfTheRegistryCanBeChosenAndIsInTheManual(Kind kind) throws IOException {
        String word = word(kind);
        String local = kind == Kind.FEDPROX ? ", mu = 0.1" : "";
        String settings = "algorithm { kind = " + word + local + " }, local.batch = "
                + (kind == Kind.FEDSGD ? "full" : "10") + ", rounds.cohort = all";

        assertThat(scenario(settings).algorithm().kind()).isEqualTo(kind);
        assertThat(manual()).containsPattern("# (.* )?" + word + " \\(");
    }

    /** And one in {@link Server} for a server optimizer. */
    @ParameterizedTest
    @EnumSource(Server.class)
    void everyServerOptimizerCanBeChosenAndIsInTheManual(Server server) throws IOException {
        Scenario scenario = scenario("algorithm.server { kind = " + word(server) + ", learning-rate = 0.1 }");

        assertThat(Algorithms.of(scenario.algorithm())
                        .newServerOptimizer()
                        .state()
                        .kind())
                .isEqualTo(server);
        assertThat(manual()).containsPattern("# (.* )?" + word(server) + " (\\(|\\|)");
    }

    @Test
    void everyNamedModelCanBeChosen() {
        assertThat(NamedModels.NAMES)
                .allSatisfy(name -> assertThat(ScenarioReader.parse("model.network = \"" + name + "\"", "x.conf")
                                .model()
                                .layers())
                        .isNotEmpty());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String manual() throws IOException {
        return Files.readString(Path.of("src/main/resources/scenario-reference.conf"));
    }
}
