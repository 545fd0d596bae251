package dev.starling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.InputException;
import dev.starling.data.TraceFile.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceFileTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void linesAreReadInOrder() throws IOException {
        Path file = file("t.csv", "device,start,end,state\na,0,10.5,idle+charging\r\n\nb,3,4,active+battery=0.25\n");
        assertThat(TraceFile.read(file))
                .containsExactly(
                        new Line("a", 0, 10.5, List.of("idle", "charging")),
                        new Line("b", 3, 4, List.of("active", "battery=0.25")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a,x,10,idle | line 3, column 2 (start): must be a number of seconds, 0 or more, got \"x\"",
                "a,0,-1,idle | line 3, column 3 (end): must be a number of seconds, 0 or more, got \"-1\"",
                "a,10,10,idle | line 3, column 3 (end): must be later than the start (10), got \"10\"",
                "a,0,10,asleep | line 3, column 4 (state): must be of idle, charging, unmetered, active, online, opted-out, battery=0.8, got \"asleep\"",
                "a,0,10,battery=2 | line 3, column 4 (state): must be of idle, charging, unmetered, active, online, opted-out, battery=0.8, got \"battery=2\"",
                ",0,10,idle | line 3, column 1 (device): must be the name of a device, got \"\"",
                "a,0,10 | line 3: must have 4 columns, has 3",
            })
    void malformedLinesAreNamed(String row, String message) throws IOException {
        Path file = file("t.csv", "device,start,end,state\nb,0,1,idle\n" + row + "\n");
        assertThatThrownBy(() -> TraceFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessage(file + ": " + message);
    }

    @Test
    void allProblemsComeAtOnce() throws IOException {
        Path file = file("t.csv", "device,start,end,state\na,x,1,idle\nb,0,y,nap\n");
        assertThatThrownBy(() -> TraceFile.read(file))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.problems()).hasSize(3));
    }

    @Test
    void whatIsNoTraceIsOneClearProblem() throws IOException {
        assertThatThrownBy(() -> TraceFile.read(directory.resolve("none.csv"))).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> TraceFile.read(file("a.csv", "a,b\n")))
                .hasMessageContaining("line 1: must be device,start,end,state, got a,b");
        assertThatThrownBy(() -> TraceFile.read(file("b.csv", "device,start,end,state\n")))
                .hasMessageContaining("must have at least one line");
        assertThatThrownBy(() -> TraceFile.read(file("c.json", "{\"1\": {")))
                .hasMessageContaining("line 1")
                .hasMessageContaining("is not valid JSON");
        assertThatThrownBy(() -> TraceFile.read(file("d.json", "{\"1\": {\"active\": [1]}}")))
                .hasMessageContaining("device 1: must have the lists active and inactive and a finish_time");
        assertThatThrownBy(() -> TraceFile.read(
                        file("e.json", "{\"1\": {\"active\": [9], \"inactive\": [5], \"finish_time\": 20}}")))
                .hasMessageContaining(
                        "device 1: active[0] and inactive[0] must be seconds, one after the other, at most 1e12, got 9 and 5");
    }

    @Test
    void aByteOrderMarkIsSkippedAndOtherEncodingsAreNamed() throws IOException {
        String csv = "device,start,end,state\na,0,10,idle\n";
        String json = "{\"a\": {\"active\": [0], \"inactive\": [10], \"finish_time\": 20}}";
        assertThat(TraceFile.read(file("m.csv", "\uFEFF" + csv))).isEqualTo(TraceFile.read(file("n.csv", csv)));
        assertThat(TraceFile.read(file("m.json", "\uFEFF" + json))).isEqualTo(TraceFile.read(file("n.json", json)));
        Path wide = Files.write(directory.resolve("w.csv"), ("\uFEFF" + csv).getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> TraceFile.read(wide))
                .hasMessageStartingWith(wide + ": must be text in UTF-8, is UTF-16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": {\"active\": [0], \"inactive\": [50], \"finish_time\": 1e999}}",
                "{\"a\": {\"active\": [0], \"inactive\": [1e300], \"finish_time\": 10}}",
                "{\"a\": {\"active\": [0], \"inactive\": [50], \"finish_time\": 60}} {}"
            })
    void timesBeyondAllClocksAndWhatFollowsTheEndAreRefused(String json) throws IOException {
        Path file = file("t.json", json);
        assertThatThrownBy(() -> TraceFile.read(file)).isInstanceOf(InputException.class);
    }

    @Test
    void fedScalesListsAreStretchesOfActivity() throws IOException {
        Path file = file(
                "t.json",
                "{\"7\": {\"duration\": 3, \"active\": [0, 100, 300], \"inactive\": [50, 200], \"finish_time\": 400}}");
        assertThat(TraceFile.read(file))
                .startsWith(
                        new Line("7", 0, 50, List.of("active")),
                        new Line("7", 100, 200, List.of("active")),
                        new Line("7", 300, 400, List.of("active")));
    }
}
