package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedScenariosTest {

    private static final Path SIMULATIONS = Path.of("simulations");

    static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(SIMULATIONS)) {
            return files.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void parsesAndItsTextGivesTheSameScenario(Path file) {
        Scenario scenario = ScenarioReader.read(file, List.of(), OptionalLong.empty());

        assertThat(scenario.name()).isEqualTo(file.getFileName().toString().replace(".conf", ""));
        assertThat(ScenarioReader.parse(scenario.text(), "elsewhere")).isEqualTo(scenario);
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void headerSaysWhatToExpectAndHowToRunIt(Path file) throws IOException {
        assertThat(Files.readString(file))
                .startsWith("# ")
                .contains("# What: ")
                .contains("# Expect: ")
                .contains("./starling run simulations/" + file.getFileName());
    }

    @Test
    void setUpsOfThePapersAreAmongThem() throws IOException {
        assertThat(shipped().stream().map(file -> file.getFileName().toString()))
                .contains(
                        "quickstart.conf",
                        "mnist-fedavg-iid.conf",
                        "mnist-fedavg-noniid.conf",
                        "mnist-logistic-1000.conf",
                        "mnist-cnn-iid.conf",
                        "cifar10-resnet20.conf",
                        "cifar10-leader-learners.conf",
                        "keyboard.conf",
                        "synthetic-fedprox.conf",
                        "housing.conf",
                        "housing-personal.conf",
                        "updates.conf",
                        "dataparallel.conf",
                        "tiers.conf");
    }
}
