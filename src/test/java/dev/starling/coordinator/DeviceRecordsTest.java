package dev.starling.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.metrics.DeviceRecord;
import dev.starling.metrics.Phase;
import dev.starling.metrics.RoundRecord;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunInfo;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.metrics.RunTotals;
import dev.starling.scenario.ScenarioReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What devices spent, one by one, adds up to what the rounds cost. */
class DeviceRecordsTest {

    private static final String FLEET = """
            data { source { kind = synthetic, max-examples = 200, test-examples = 10 } }
            fleet {
              devices = 3000
              classes {
                new { share = 0.6, flops-per-second = 2e5, up-per-second = 2 kB, drop-out = 0.1 }
                old { like = old, share = 0.4, flops-per-second = 1e5, up-per-second = 200 }
              }
              availability.kind = daily
              eligible = "charging || battery > 0.5"
            }
            evaluate-devices = false
            """;
    private static final String ROUNDS =
            "rounds { max = 40, cohort = 30, over-selection = 1.4, deadline = 1 minute, minimum-reports = 20 }\n";
    private static final String UPDATES =
            "rounds { max = 150, deadline = 40 seconds, asynchronous { kind = fedbuff, buffer = 10, concurrency = 60 } }\n";

    private static final class Totals implements RunListener {
        private RunTotals all = RunTotals.NONE;
        private final List<RoundRecord> rounds = new ArrayList<>();

        @Override
        public void started(RunInfo info) {}

        @Override
        public void phase(Phase phase) {}

        @Override
        public void progress(int round, int reported, int expected) {}

        @Override
        public void roundCommitted(RoundRecord round) {
            all = all.plus(round);
            rounds.add(round);
        }

        @Override
        public void finished(RunOutcome outcome) {}
    }

    @ParameterizedTest(name = "seed {0}, asynchronous {1}")
    @CsvSource({"1, false", "2, false", "3, false", "1, true", "2, true", "3, true"})
    void devicesAddUpToTheRounds(long seed, boolean asynchronous) {
        Totals totals = new Totals();
        List<DeviceRecord> devices = Rehearsal.run(
                        ScenarioReader.parse(FLEET + (asynchronous ? UPDATES : ROUNDS) + "seed = " + seed, "x.conf"),
                        new RunControl(),
                        totals,
                        () -> 0)
                .devices();

        assertThat(devices).extracting(DeviceRecord::device).isSorted().doesNotHaveDuplicates();
        assertThat(devices).extracting(DeviceRecord::className).contains("new", "old");
        assertThat(devices)
                .extracting(DeviceRecord::state)
                .as("nobody has trained")
                .containsOnly(DeviceRecord.State.REHEARSED, DeviceRecord.State.FRESH)
                .contains(DeviceRecord.State.REHEARSED);
        assertThat(devices).allMatch(device -> device.asked() > 0 && device.asked() >= device.reported());
        assertThat(whole(devices, DeviceRecord::asked)).isEqualTo(totals.all.asked());
        assertThat(whole(devices, DeviceRecord::reported)).isEqualTo(totals.all.reported());
        assertThat(whole(devices, device -> device.spent().bytes()))
                .isEqualTo(totals.all.downBytes() + totals.all.upBytes());
        assertThat(devices.stream().filter(device -> device.underWay().bytes() > 0))
                .as("devices still at work")
                .hasSizeBetween(asynchronous ? 1 : 0, asynchronous ? 60 : 0);
        assertThat(whole(devices, device -> device.wasted().bytes()))
                .isEqualTo(totals.all.fleet().wastedBytes())
                .isPositive();
        assertThat(sum(devices, device -> device.spent().joules()))
                .isCloseTo(totals.all.fleet().joules(), within(1e-6));
        assertThat(sum(devices, device -> device.wasted().joules()))
                .isCloseTo(totals.all.fleet().wastedJoules(), within(1e-6))
                .isPositive();
        long metered = totals.all.fleet().meteredBytes();
        assertThat(whole(devices, device -> device.spent().meteredBytes())).isEqualTo(metered);
        assertThat(metered)
                .isBetween(1L, whole(devices, device -> device.spent().bytes()) - 1);
    }

    private static long whole(List<DeviceRecord> devices, ToLongFunction<DeviceRecord> figure) {
        return devices.stream().mapToLong(figure).sum();
    }

    private static double sum(List<DeviceRecord> devices, ToDoubleFunction<DeviceRecord> figure) {
        return devices.stream().mapToDouble(figure).sum();
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void updatesOfARehearsalAreAsStaleAsTheirDevicesAreSlow(long seed) {
        Totals totals = new Totals();
        Rehearsal.run(
                ScenarioReader.parse(FLEET + UPDATES + "seed = " + seed, "x.conf"), new RunControl(), totals, () -> 0);

        // A device at work for the time of six updates is six versions behind: 60 at work, ten reports an update.
        assertThat(totals.all.fleet().staleness().mean()).isBetween(2.0, 7.0);
        assertThat(totals.rounds.get(0).fleet().staleness().max()).isZero();
        assertThat(totals.rounds).extracting(RoundRecord::version).isSorted().endsWith(150);
        assertThat(totals.rounds)
                .allSatisfy(round -> assertThat(round.fleet().staleness().max()).isBetween(0.0, round.version() - 1.0));
    }
}
