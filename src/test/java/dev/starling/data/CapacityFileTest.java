package dev.starling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.base.InputException;
import dev.starling.data.CapacityFile.Capacity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityFileTest {

    private static final String HEADER = "device,computation,communication\n";

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void bothFormsSayTheSame() throws IOException {
        Path csv = file("t.csv", HEADER + "1,37.5,2000\r\n\n2, 1.2e2 ,512.25\n");
        Path json = file(
                "t.json",
                "{\"1\": {\"computation\": 37.5, \"communication\": 2000},"
                        + " \"2\": {\"communication\": 512.25, \"computation\": 120.0}}");
        assertThat(CapacityFile.read(csv))
                .containsExactly(new Capacity("1", 37.5, 2000), new Capacity("2", 120, 512.25))
                .isEqualTo(CapacityFile.read(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "b,fast,10 | line 3, column 2 (computation): must be a number above 0, got \"fast\"",
                "b,0,10 | line 3, column 2 (computation): must be a number above 0, got \"0\"",
                "b,1,-5 | line 3, column 3 (communication): must be a number above 0, got \"-5\"",
                "a,1,5 | line 3, column 1 (device): must be the name of a device that no other line has, got \"a\"",
                "b,1 | line 3: must have 3 columns, has 2",
            })
    void malformedLinesAreNamed(String row, String message) throws IOException {
        Path file = file("t.csv", HEADER + "a,1,1\n" + row + "\n");
        assertThatThrownBy(() -> CapacityFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessage(file + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"7\": {\"computation\": \"x\", \"communication\": 1}} | device 7: computation must be a number above 0, got \"x\"",
                "{\"7\": {\"computation\": 1}} | device 7: communication must be a number above 0, got nothing",
                "{\"7\": 3} | device 7: computation must be a number above 0, got nothing",
                "[] | must be an object with a block per device",
                "{} | must have at least one device",
                "{\"7\" 3} | line 1, column 6: is not valid JSON",
                "{\"7\": {}, \"7\": {}} | Duplicate field '7'",
            })
    void malformedBlocksAreNamedByDeviceAndKey(String text, String message) throws IOException {
        Path file = file("t.json", text);
        assertThatThrownBy(() -> CapacityFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void everyBadCellIsToldAtOnce() throws IOException {
        Path file = file("t.csv", HEADER + "a,x,y\nb,0,1\n");
        assertThatThrownBy(() -> CapacityFile.read(file))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.problems()).hasSize(3));
    }

    /** A pickle is a program: it is neither run nor read, and whoever has one is told what to do. */
    @ParameterizedTest
    @ValueSource(strings = {"client_device_capacity", "capacity.json", "capacity.csv"})
    void aPickleIsRefusedWithTheWayOut(String name) throws IOException {
        Path file = Files.write(directory.resolve(name), new byte[] {(byte) 0x80, 3, '}', 'q', 0, '.'});
        String problem = file + ": must be .csv or .json, got a Python pickle, which is a program and is not run here;"
                + " two lines of Python convert it: import json, pickle; json.dump(pickle.load(open(\"" + name
                + "\", \"rb\")), open(\"" + name + ".json\", \"w\"), default=float)";
        assertThatThrownBy(() -> CapacityFile.read(file)).hasMessage(problem);
        assertThatThrownBy(() -> TraceFile.read(file)).hasMessage(problem);
    }

    @Test
    void aByteOrderMarkIsSkipped() throws IOException {
        String csv = "device,computation,communication\na,10,2000\n";
        assertThat(CapacityFile.read(file("m.csv", "\uFEFF" + csv))).isEqualTo(CapacityFile.read(file("n.csv", csv)));
    }

    @Test
    void whatIsNoTableIsOneClearProblem() throws IOException {
        assertThatThrownBy(() -> CapacityFile.read(directory.resolve("none.csv")))
                .hasMessageContaining("cannot be read: there is no such file");
        assertThatThrownBy(() -> CapacityFile.read(file("a.csv", "a,b\n")))
                .hasMessageContaining("line 1: must be device,computation,communication, got a,b");
        Path binary = Files.write(directory.resolve("b.csv"), new byte[] {'a', (byte) 0xff});
        assertThatThrownBy(() -> CapacityFile.read(binary)).hasMessageStartingWith(binary + ": must be text in UTF-8");
    }
}
