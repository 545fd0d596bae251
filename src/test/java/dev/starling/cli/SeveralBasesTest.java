package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Seeds;
import dev.starling.cli.FleetInOneJvm.Run;
import dev.starling.fleet.Fleet;
import dev.starling.metrics.DeviceRecord;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hardware classes with base models of their own that are never merged. */
class SeveralBasesTest {

    private static final String FLEET = """
            seed = 3
            data { source { kind = glyphs, train-examples = 400, test-examples = 60 }, hold-back = 0.25 }
            model.network = "mlp(16)"
            local { epochs = 1, batch = 5, learning-rate = 0.05 }
            fleet {
              devices = 12
              classes { fast { like = flagship, share = 0.5 }, slow { like = old, share = 0.5 } }
            }
            rounds { max = 4, cohort = 8, tiers { by = class, regional-rounds = never } }
            """;

    @TempDir
    private Path directory;

    @Test
    void eachClassKeepsABaseOfItsOwn() {
        Run one = FleetInOneJvm.run(FLEET, 1, directory.resolve("one"));
        Run two = FleetInOneJvm.run(FLEET, 2, directory.resolve("two"));

        assertThat(one.outcome().severalBases()).containsOnlyKeys("fast", "slow");
        assertThat(one.outcome().severalBases().get("fast"))
                .isNotEqualTo(one.outcome().severalBases().get("slow"));
        assertThat(two.outcome().severalBases()).isEqualTo(one.outcome().severalBases());
        assertThat(two.outcome().devices()).isEqualTo(one.outcome().devices());
    }

    @Test
    void whatDevicesAreGivenIsTheBaseOfTheirClass() {
        Run run = FleetInOneJvm.run(FLEET + "personal { sessions = 1, learning-rate = 1e-9 }", 2, directory);
        Scenario scenario = ScenarioReader.parse(FLEET, "fleet.conf");
        Fleet fleet = new Fleet(scenario.fleet(), new Seeds(scenario.seed()));

        assertThat(run.outcome().devices()).hasSize(12).allSatisfy(device -> {
            // Who never worked in a round starts its first session from its class's base, and hardly moves.
            if (device.reported() == 1) {
                assertThat(device.personal().loss()).isCloseTo(device.base().loss(), within(1e-4));
            }
            assertThat(fleet.classOf(device.device()).name()).isEqualTo(device.className());
        });
        double fast = lossOf(run, "fast");
        assertThat(fast).isNotEqualTo(lossOf(run, "slow"));
    }

    private static double lossOf(Run run, String name) {
        return run.outcome().devices().stream()
                .filter(device -> device.className().equals(name))
                .mapToDouble((DeviceRecord device) -> device.base().loss())
                .sum();
    }
}
