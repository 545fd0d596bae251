package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.FleetInOneJvm.Run;
import dev.starling.metrics.DeviceRecord;
import dev.starling.metrics.DeviceRecord.State;
import dev.starling.metrics.RoundRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices do with their own models after the federated rounds, in whole runs. */
class PersonalFleetTest {

    private static final String FLEET = """
            seed = 5
            data {
              source { kind = glyphs, train-examples = 600, test-examples = 100 }
              partition { kind = shards, per-device = 2 }
              hold-back = 0.3
            }
            model.network = "mlp(16)"
            local { epochs = 2, batch = 5, learning-rate = 0.05 }
            fleet.devices = 12
            rounds { max = 4, cohort = 6 }
            """;

    @TempDir
    private Path directory;

    @Test
    void sessionsMakeModelsBetterForTheirOwnersAndLeaveTheBaseAlone() {
        Run without = FleetInOneJvm.run(FLEET, 2, directory.resolve("without"));
        Run run = FleetInOneJvm.run(FLEET + "personal { sessions = 3, epochs = 3 }", 2, directory.resolve("with"));

        assertThat(run.root()).isEqualTo(without.root());
        assertThat(run.rounds()).extracting(RoundRecord::version).containsExactly(1, 2, 3, 4, 4, 4, 4);
        List<DeviceRecord> devices = run.outcome().devices();
        assertThat(devices).extracting(DeviceRecord::state).containsOnly(State.PERSONAL);
        double base = devices.stream()
                .mapToDouble(device -> device.base().accuracy())
                .average()
                .orElseThrow();
        double own = devices.stream()
                .mapToDouble(device -> device.personal().accuracy())
                .average()
                .orElseThrow();
        assertThat(own).isGreaterThan(base + 0.1);
        RoundRecord session = run.rounds().get(5);
        assertThat(session.upBytes()).isZero();
        assertThat(session.downBytes()).isZero();
        assertThat(session.reported()).isEqualTo(12);
        assertThat(session.localSteps()).isPositive();
        assertThat(session.abandoned()).isFalse();
    }

    @Test
    void whateverHappensToActorsPersonalModelsAreTheSame() {
        String scenario = FLEET + """
                personal {
                  sessions = 2, share = 0.6, momentum = 0.5, keep-momentum = true, pause = 1 hour
                  update { policy = rebase, after = 1, rounds = 2 }
                }
                """;
        Run one = FleetInOneJvm.run(scenario, 1, directory.resolve("one"));
        Run two = FleetInOneJvm.run(scenario, 2, directory.resolve("two"));
        Run few = FleetInOneJvm.withFewLiveDevices(4, scenario, 2, directory.resolve("few"));

        assertThat(two.root()).isEqualTo(one.root());
        assertThat(few.root()).isEqualTo(one.root());
        assertThat(two.outcome().devices()).isEqualTo(one.outcome().devices());
        assertThat(few.outcome().devices()).isEqualTo(one.outcome().devices());
        assertThat(one.rounds()).extracting(RoundRecord::version).containsExactly(1, 2, 3, 4, 4, 5, 6, 6, 6);
        List<DeviceRecord> updated = one.outcome().devices().stream()
                .filter(device -> device.state() == State.PERSONAL)
                .toList();
        assertThat(updated).hasSizeBetween(3, 11);
        assertThat(updated).allSatisfy(device -> {
            assertThat(device.lastVersion()).isEqualTo(6);
            assertThat(device.beforeUpdate().examples()).isPositive();
            assertThat(device.afterUpdate().examples())
                    .isEqualTo(device.beforeUpdate().examples());
        });
        // Who personalises takes no part in the rounds that make the new base.
        assertThat(one.outcome().devices().stream()
                                .filter(device -> device.state() != State.PERSONAL)
                                .mapToInt(DeviceRecord::reported)
                                .sum()
                        + updated.stream()
                                .mapToInt(device -> device.reported() - 3)
                                .sum())
                .isEqualTo(one.rounds().stream()
                        .filter(round -> round.round() != 5 && round.round() != 8 && round.round() != 9)
                        .mapToInt(RoundRecord::reported)
                        .sum());
    }

    @Test
    void personalLayersStayOnTheirDevices() {
        String scenario = FLEET.replace("model.network = \"mlp(16)\"", """
                model.layers = [
                  { type = dense, units = 16 }
                  { type = dense, units = 10, sharing = personal }
                ]
                """);
        Run run = FleetInOneJvm.run(scenario, 2, directory.resolve("layers"));
        Run few = FleetInOneJvm.withFewLiveDevices(4, scenario, 2, directory.resolve("few"));
        assertThat(few.root()).isEqualTo(run.root());
        assertThat(few.outcome().devices()).isEqualTo(run.outcome().devices());

        // The base has a head that nobody trained: only what devices hold is evaluated.
        assertThat(run.outcome().evaluation()).isEmpty();
        assertThat(run.outcome().devices())
                .filteredOn(device -> device.state() != State.FRESH)
                .isNotEmpty()
                .allSatisfy(device -> {
                    assertThat(device.base().examples()).isZero();
                    assertThat(device.personal().examples()).isPositive();
                });

        var base = run.outcome().base();
        int head = base.layout().offset(2); // behind weight and bias of the first layer
        float[] values = base.toFloats();
        Run start = FleetInOneJvm.run(scenario.replace("max = 4", "max = 1"), 2, directory.resolve("start"));
        float[] first = start.outcome().base().toFloats();
        assertThat(values[0]).isNotEqualTo(first[0]);
        for (int i = head; i < base.layout().offset(4); i++) {
            assertThat(values[i]).isEqualTo(first[i]);
        }
    }

    @Test
    void aSessionThatDivergesIsToldAndLeavesTheModelAsItWas() {
        Run run = FleetInOneJvm.run(
                FLEET + "personal { sessions = 1, learning-rate = 1e30 }", 2, directory.resolve("wild"));

        assertThat(run.outcome().devices()).extracting(DeviceRecord::state).containsOnly(State.DIVERGED);
        assertThat(run.rounds().get(4).rejected()).isEqualTo(12);
        assertThat(run.outcome().devices())
                .allSatisfy(device -> assertThat(device.personal().loss()).isFinite());
    }
}
