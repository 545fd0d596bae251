package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.data.NpyArray;
import dev.starling.data.NpzWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int validate(Path file, String... options) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new Terminal(false, 100, false),
                List.of());
        String[] line = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("validate", file.toString()), java.util.stream.Stream.of(options))
                .toArray(String[]::new);
        return Main.run(Parts.wiring(), console, line);
    }

    private Path scenario(String name, NpyArray rows) throws IOException {
        NpzWriter.write(
                directory.resolve(name + ".npz"),
                Map.of(
                        "x_train",
                        rows,
                        "y_train",
                        NpyArray.of(List.of(2), 0, 1),
                        "x_test",
                        rows,
                        "y_test",
                        NpyArray.of(List.of(2), 0, 1)));
        return Files.writeString(
                directory.resolve(name + ".conf"),
                "data { directory = \"" + directory + "\", source { kind = npz, file = " + name + ".npz } }\n"
                        + "fleet.devices = 2\nrounds.cohort = 1\n");
    }

    @Test
    void aValueThatARunRefusesIsRefused() throws IOException {
        Path bad = scenario("bad", NpyArray.of(List.of(2, 2), 0f, 1f, Float.POSITIVE_INFINITY, 2f));
        assertThat(validate(bad)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith(bad + ": ")
                .contains("bad.npz: x_train: must hold finite float32 values, got Infinity at element 2 [1, 0]");
    }

    @Test
    void whatMayBeMeantOtherwiseIsOneLineBesideTheResult() throws IOException {
        Path strange = scenario("strange", NpyArray.of(List.of(2, 4, 4, 3), new float[96]));
        assertThat(validate(strange)).isEqualTo(ExitCode.OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(strange + ": ok" + System.lineSeparator());
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith(strange + ": warning: ")
                .contains("numpy.moveaxis(x, 3, 1)");
    }

    /** Text of 300 million characters, which is longer than anybody wants to wait for an answer. */
    @Test
    void dataThatIsTooLargeToBeReadInPassingIsSaidNotToBe() throws IOException {
        Path large = Files.writeString(directory.resolve("large.conf"), """
                        data.source { kind = keyboard, examples = 1000, steps = 30 }
                        fleet.devices = 10000
                        rounds.cohort = 10
                        model.layers = [{ type = embed-tokens, dimensions = 2 }, { type = gru, units = 2 }]
                        """);
        assertThat(validate(large)).isEqualTo(ExitCode.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(": ok (but for the values of the data: 300 MB; --data");
    }
}
