package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.data.CapacityFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetCommandTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private final CommandLineFixture starling = new CommandLineFixture();
    private String scenario = "";

    @BeforeEach
    void writeScenario() throws IOException {
        scenario = Files.createFile(directory.resolve("x.conf")).toString();
    }

    @Test
    void classesAndHoursArePrinted() {
        assertThat(starling.execute("fleet", scenario, "--hours", "5")).isEqualTo(ExitCode.OK);
        assertThat(starling.out()).contains("10 devices").containsPattern("phone +100\\.0 % +1\\.00 G +1\\.00 MB");
        assertThat(starling.out().lines().filter(line -> line.contains("100.0 %  #")))
                .hasSize(5);
        assertThat(starling.out()).contains("Thu 00:00").contains("Thu 04:00").doesNotContain("Thu 05:00");
        assertThat(starling.runs).isEmpty();
    }

    @Test
    void allButTheBarsFitsIntoEightyColumns() {
        assertThat(starling.execute("fleet", scenario)).isEqualTo(ExitCode.OK);
        assertThat(starling.out().lines())
                .allSatisfy(line -> assertThat(line)
                        .hasSizeLessThanOrEqualTo(line.contains("##") ? 100 : 80)
                        .isEqualTo(line.stripTrailing()));
    }

    @Test
    void howFastDevicesAreIsWrittenAsATableThatCanBeRead() {
        Path table = directory.resolve("c.csv");
        assertThat(starling.execute("fleet", scenario, "--write-capacities", table.toString(), "--trace-devices", "3"))
                .isEqualTo(ExitCode.OK);
        // All phones are alike: 1 GFLOP/s; up and down take as long as at 1 MB/s both ways.
        assertThat(CapacityFile.read(table)).hasSize(3).allSatisfy(row -> {
            assertThat(row.kilobitsPerSecond()).isEqualTo(8000);
            assertThat(row.latencyMillis()).isPositive();
        });
        assertThat(starling.out()).containsPattern("the latencies in .*c.csv are those of \\d+ operations");
    }

    @Test
    void hoursThatCannotBeAreRefused() {
        assertThat(starling.execute("fleet", scenario, "--hours", "0")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).contains("--hours: must be 1 to 8784, got 0");
    }

    @Test
    void aTraceIsWrittenForAsManyDevicesAsThereAre() throws IOException {
        Path trace = directory.resolve("t.csv");
        assertThat(starling.execute(
                        "fleet", scenario, "--hours", "2", "--write-trace", trace.toString(), "--trace-devices", "3"))
                .isEqualTo(ExitCode.OK);
        assertThat(Files.readAllLines(trace))
                .hasSize(4)
                .contains("2,0,7200,online+idle+charging+unmetered+battery=1.0");
        assertThat(starling.execute("fleet", scenario, "--trace-devices", "11")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).contains("must be 1 to fleet.devices (10), got 11");
    }
}
