package dev.starling.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    /** Together they take every branch that reads settings. */
    private static final List<String> BRANCHES = List.of(
            "",
            "data.source.kind = synthetic",
            "data.source.kind = keyboard",
            "data.source.kind = synthetic-pool",
            "data.source.kind = idx",
            "data.source.kind = cifar10",
            "data.source.kind = csv",
            "data.source.kind = npz",
            "data.partition.kind = shards",
            "data.partition.kind = dirichlet",
            "data.partition.kind = power-law",
            "data.partition.kind = log-normal",
            "data.partition.kind = by-column",
            "model.layers = []",
            "pre-training.optimizer = rmsprop",
            "rounds.asynchronous.kind = fedbuff",
            "rounds.asynchronous.kind = fedasync",
            "algorithm.kind = fedprox",
            "algorithm.kind = custom",
            "algorithm.server.kind = yogi",
            "fleet.availability.kind = daily",
            "fleet.availability.kind = trace",
            "rounds.selection.kind = oort");

    @Test
    void everySettingOfTheManualIsReadAndEverySettingReadIsInTheManual() {
        Set<String> read = new TreeSet<>();
        for (String branch : BRANCHES) {
            Reading reading = new Reading(ConfigFactory.parseString(branch), "x.conf");
            ScenarioReader.draft(reading, "x");
            read.addAll(reading.readPaths());
        }

        assertThat(read).isEqualTo(leaves().collect(TreeSet::new, (set, leaf) -> set.add(leaf.getKey()), Set::addAll));
    }

    @Test
    void everySettingIsExplainedInTheLineAboveIt() {
        // A value that comes from the environment has lost its comment; its line in the manual has one all the same.
        assertThat(leaves().filter(leaf -> leaf.getValue().origin().comments().isEmpty()
                        && !leaf.getValue().origin().description().startsWith("env")))
                .isEmpty();
    }

    @Test
    void nothingGivenIsAScenario() {
        Scenario scenario = Told.scenario("");

        assertThat(scenario.name()).isEqualTo("x");
        assertThat(scenario.fleet().devices()).isEqualTo(100);
        assertThat(scenario.fleet().classes()).hasSize(1);
    }

    private static Stream<Map.Entry<String, ConfigValue>> leaves() {
        return leaves("", Reference.config().root());
    }

    private static Stream<Map.Entry<String, ConfigValue>> leaves(String prefix, ConfigObject block) {
        return block.entrySet().stream()
                .flatMap(entry -> entry.getValue() instanceof ConfigObject inner
                        ? leaves(prefix + entry.getKey() + ".", inner)
                        : Stream.of(Map.entry(prefix + entry.getKey(), entry.getValue())));
    }
}
