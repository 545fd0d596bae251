package dev.starling.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.base.Seeds;
import dev.starling.data.CapacityFile.Capacity;
import dev.starling.fleet.life.EligibleTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapacitiesTest {

    private static final List<Capacity> ROWS =
            List.of(new Capacity("a", 20, 800), new Capacity("b", 5, 80), new Capacity("c", 100, 8000));
    private static final List<DeviceClass> CLASSES =
            List.of(new DeviceClass("x", 0.5, 1, 1, 1, 2, 0.25), new DeviceClass("y", 0.5, 1, 1, 1, 2, 0));
    private static final FleetSettings SETTINGS = new FleetSettings(8, Fleets.OPENING, CLASSES);

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private static Fleet fleet(OptionalDouble flopsPerSample, double flopsPerExample) {
        return new Fleet(SETTINGS, Optional.of(new Capacities(ROWS, flopsPerSample, flopsPerExample)), new Seeds(1));
    }

    /** FedScale, client_metadata.py: 3 · batch · steps · computation / 1000 s, and kilobits both ways / communication. */
    @Test
    void aStintTakesAsLongAsInFedScale() {
        Fleet fleet = fleet(OptionalDouble.empty(), 1234);
        Workload workload = new Workload(1000, 3000, 1234, 4, 10, false);
        EligibleTime always = Lives.ALWAYS_ELIGIBLE;
        WorkPlanner works = new WorkPlanner(fleet, workload, (device, now) -> 50, always, new Seeds(1));
        for (int device = 0; device < 8; device++) {
            Capacity row = ROWS.get(device % 3);
            double training = 3 * 10 * 20 * row.latencyMillis() / 1000;
            double transfer = (8 + 24) / row.kilobitsPerSecond();
            Stint stint = works.stint(1, device, Fleets.OPENING, Double.POSITIVE_INFINITY);
            if (stint.finished()) {
                assertThat(stint.millis() / 1000.0)
                        .as("device %d", device)
                        .isCloseTo(training + transfer, within(0.001));
            }
        }
        assertThat(works.stint(2, 1, Fleets.OPENING, 1).finished()).isTrue();
    }

    @Test
    void aSmallerModelThanTheMeasuredOneIsFaster() {
        // 6 MFLOP forward in 20 ms are 0.3 GFLOP/s, whatever is trained.
        assertThat(fleet(OptionalDouble.of(6e6), 1234).profile(0).flopsPerSecond())
                .isCloseTo(3e8, within(1.0));
        assertThat(fleet(OptionalDouble.of(6e6), 1e9).profile(3).flopsPerSecond())
                .isCloseTo(3e8, within(1.0));
        assertThat(fleet(OptionalDouble.empty(), 6e6).profile(0).flopsPerSecond())
                .isCloseTo(1e8, within(1.0));
    }

    @Test
    void rowsAreDealtInTurnAndTheRestStaysThatOfTheClass() {
        Fleet fleet = fleet(OptionalDouble.of(1e6), 1);
        Fleet classes = new Fleet(SETTINGS, new Seeds(1));
        for (int device = 0; device < 8; device++) {
            DeviceProfile profile = fleet.profile(device);
            assertThat(profile.downBytesPerSecond())
                    .isEqualTo(ROWS.get(device % 3).kilobitsPerSecond() * 125)
                    .isEqualTo(profile.upBytesPerSecond());
            assertThat(profile.className()).isEqualTo(classes.profile(device).className());
            assertThat(profile.dropOut()).isEqualTo(classes.profile(device).dropOut());
        }
        assertThat(fleet.capacities()).isEqualTo(3);
        assertThat(classes.capacities()).isZero();
    }

    @Test
    void theTableIsReadFromTheFileOfTheSettings() throws IOException {
        Path table = Files.writeString(
                directory.resolve("t.json"), "{\"9\": {\"computation\": 20, \"communication\": 800}}");
        FleetSettings settings = new FleetSettings(
                2,
                Fleets.OPENING,
                CLASSES,
                LifeSettings.ALWAYS,
                Optional.of(new CapacitySettings(table, OptionalDouble.of(6e6))));
        Fleet fleet = Fleet.of(settings, 1, new Seeds(1));
        assertThat(fleet.profile(1).flopsPerSecond()).isCloseTo(3e8, within(1.0));
        assertThat(fleet.profile(1).upBytesPerSecond()).isEqualTo(100_000);
    }
}
