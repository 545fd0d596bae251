package dev.starling.protocol;

import dev.starling.base.Seeds;
import dev.starling.data.DataLoader;
import dev.starling.data.Featurizer;
import dev.starling.data.RawData;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.util.List;

/** A run of a few devices and rounds with everything that its nodes load. */
public record SmallRun(String name, Scenario scenario, RawData raw, Featurizer featurizer) {

    private static final String FLEET = """
            seed = 5
            data {
              source { kind = synthetic, features = 5, classes = 3, max-examples = 60, test-examples = 9 }
              hold-back = 0.2
            }
            model.network = logistic
            local { batch = 4, learning-rate = 0.1 }
            fleet.devices = 6
            rounds { max = 3, cohort = 4 }
            """;

    /** All ways in which coordinator and devices talk to each other, but for the store. */
    public static List<SmallRun> all() {
        return List.of(
                of("fedavg", "algorithm.server { kind = momentum }"),
                of("drop-outs", """
                        fleet.classes { phone { drop-out = 0.3 } }
                        rounds { over-selection = 1.5, max = 4, evaluate-every = 2 }
                        """),
                of("diverging", "local.learning-rate = 2e6, rounds.cohort = all"),
                of("fedbuff", "rounds { max = 5, asynchronous { kind = fedbuff, buffer = 2, concurrency = 4 } }"),
                of("regions", """
                        fleet.regions { east.share = 0.5, west.share = 0.5 }
                        rounds { cohort = all, tiers.regional-rounds = 3, max = 4 }
                        """),
                of("personal", """
                        rounds.max = 2
                        personal { sessions = 3, share = 0.5, update { policy = rebase, after = 1, rounds = 1 } }
                        """));
    }

    /** Whether all reports of a round come from that round. */
    boolean synchronous() {
        return scenario.rounds().asynchronous().isEmpty();
    }

    static SmallRun of(String name, String settings) {
        Scenario scenario = ScenarioReader.parse(FLEET + settings, name);
        RawData raw = DataLoader.load(scenario.data(), scenario.fleet().devices(), new Seeds(scenario.seed()));
        return new SmallRun(name, scenario, raw, raw.fitFeaturizer());
    }
}
