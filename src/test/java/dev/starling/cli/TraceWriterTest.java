package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.TraceFile;
import dev.starling.fleet.life.Availability;
import dev.starling.fleet.life.DailyLife;
import dev.starling.fleet.life.DeviceState;
import dev.starling.fleet.life.Habits;
import dev.starling.fleet.life.OptOut;
import dev.starling.fleet.life.OptingOut;
import dev.starling.fleet.life.Region;
import dev.starling.fleet.life.Regions;
import dev.starling.fleet.life.TracedLife;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceWriterTest {

    private static final Habits HABITS = new Habits(22.5, 7.5, 0.8, 0.3, 23.25, 7.5, 0.4, 8, 9.5, 0.85, 0.3, 0.045);

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @Test
    void devicesThatFollowTheTraceDoWhatItsDevicesDid() throws IOException {
        Seeds seeds = new Seeds(4);
        SimTime start = new SimTime(1_000_000_000_000L);
        Availability life = new OptingOut(
                new DailyLife(HABITS, new Regions(List.of(Region.UTC), seeds), seeds), new OptOut(0.3, 7000), seeds);
        Path file = directory.resolve("t.csv");
        TraceWriter.write(file, life, start, 30, 8);
        Availability traced = new TracedLife(TraceFile.read(file), start);
        for (int device = 0; device < 8; device++) {
            for (int minute = 0; minute < 30 * 60; minute += 7) {
                SimTime at = start.plusMillis(minute * 60_000L);
                DeviceState was = life.at(device, at).state();
                DeviceState is = traced.at(device, at).state();
                assertThat(is)
                        .as("device %d at %s", device, at)
                        .isEqualTo(new DeviceState(
                                true, was.idle(), was.charging(), was.unmetered(), was.optedOut(), is.battery()));
                assertThat(was.battery() - is.battery()).isBetween(-1e-9, 0.1);
            }
        }
    }
}
