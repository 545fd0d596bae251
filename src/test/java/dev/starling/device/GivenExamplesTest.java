package dev.starling.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.base.Software;
import dev.starling.data.DataLoader;
import dev.starling.data.RawData;
import dev.starling.metrics.NodeFigures;
import dev.starling.scenario.Scenario;
import dev.starling.scenario.ScenarioReader;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What devices give away is counted example by example. */
class GivenExamplesTest {

    private static final long DAY = 86_400_000;
    private static final long EXAMPLE_BYTES = 4 * (784 + 1);

    private static DeviceHost host(String arrival) {
        Scenario scenario = ScenarioReader.parse("""
                data { source { kind = glyphs, train-examples = 100, test-examples = 10 }, hold-back = 0, arrival { %s } }
                fleet.devices = 2
                rounds.cohort = 1
                """.formatted(arrival), "x.conf");
        RawData raw = DataLoader.load(scenario.data(), 2, new Seeds(scenario.seed()));
        RunSpec spec = new RunSpec("x", Software.VERSION, scenario.text(), raw.files(), raw.fitFeaturizer());
        return new DeviceHost(spec, scenario, raw, 1, new NodeFigures(() -> 0));
    }

    private static SimTime day(DeviceHost host, int day) {
        return host.scenario().fleet().start().plusMillis(day * DAY);
    }

    @Test
    void whatWasGivenIsNotGivenAgain() {
        try (DeviceHost host = host("per-day = infinite")) {
            GivenExamples given = new GivenExamples(host.views());
            assertThat(given.missingBytes(0, day(host, 1))).isEqualTo(50 * EXAMPLE_BYTES);
            given.give(0, day(host, 1));
            assertThat(given.missingBytes(0, day(host, 2))).isZero();
            assertThat(given.missingBytes(1, day(host, 2))).isEqualTo(50 * EXAMPLE_BYTES);
        }
    }

    /** The oracle: sets of what is held, day by day; a device forgets, the centre does not. */
    @Test
    void whatArrivesIsGivenAndWhatIsForgottenStaysGiven() {
        try (DeviceHost host = host("per-day = 6, initial = 5, at-most = 12, keep = latest")) {
            GivenExamples given = new GivenExamples(host.views());
            Set<Integer> centre = new HashSet<>();
            for (int day = 0; day < 9; day += 2) {
                Set<Integer> fresh = new HashSet<>();
                for (int example : host.views().held(0, day(host, day))) {
                    fresh.add(example);
                }
                assertThat(fresh)
                        .hasSize(host.views().training(0, day(host, day)).count());
                fresh.removeAll(centre);
                assertThat(given.missingBytes(0, day(host, day))).isEqualTo(fresh.size() * EXAMPLE_BYTES);
                given.give(0, day(host, day));
                centre.addAll(fresh);
            }
            assertThat(centre).hasSizeGreaterThan(40);
        }
    }
}
