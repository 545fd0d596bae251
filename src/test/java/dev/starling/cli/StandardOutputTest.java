package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("cluster")
class StandardOutputTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);

    /** Takes so many bytes and then fails for ever. */
    private static final class Limited extends OutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final int room;
        private final String problem;

        Limited(int room, String problem) {
            this.room = room;
            this.problem = problem;
        }

        @Override
        public void write(int value) throws IOException {
            if (taken.size() == room) {
                throw new IOException(problem);
            }
            taken.write(value);
        }
    }

    private static StandardOutput into(Limited sink) {
        StandardOutput out = new StandardOutput(sink, StandardCharsets.UTF_8);
        out.stream().println("first line");
        out.stream().print("second");
        return out;
    }

    @Test
    void whatFitsIsWrittenAndNothingIsSaid() {
        Limited sink = new Limited(1000, "full");
        assertThat(into(sink).exitCode(ExitCode.OK, err)).isEqualTo(ExitCode.OK);
        assertThat(sink.taken.toString(StandardCharsets.UTF_8))
                .isEqualTo("first line" + System.lineSeparator() + "second");
        assertThat(errors.size()).isZero();
    }

    @Test
    void outputThatIsLostIsAFailureOfItsOwnAndHidesNoOther() {
        assertThat(into(new Limited(3, "No space left on device")).exitCode(ExitCode.OK, err))
                .isEqualTo(ExitCode.FAILED);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("starling: could not write to standard output: No space left on device");
        assertThat(into(new Limited(3, "No space left on device")).exitCode(ExitCode.BAD_INPUT, err))
                .isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFailure() {
        assertThat(into(new Limited(3, "Broken pipe")).exitCode(ExitCode.OK, err))
                .isEqualTo(ExitCode.OK);
        assertThat(errors.size()).isZero();
    }

    /** A whole process, as a shell starts it. */
    private String exitOf(String shell) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", shell, "sh"));
        command.addAll(JvmCommand.of(directory.resolve("starling.log"), List.of("--help")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }

    @Test
    void aFullDeviceIsToldAndAClosedPipeIsNot() throws Exception {
        assumeTrue(new File("/dev/full").exists(), "needs /dev/full");
        assertThat(exitOf("\"$@\" >/dev/full; echo code $?"))
                .startsWith("starling: could not write to standard output: ")
                .endsWith("code 1\n");
        assertThat(exitOf("(\"$@\"; echo code $? >&2) | head -n 1"))
                .contains("Usage: starling", "code 0\n")
                .hasLineCount(2);
    }
}
