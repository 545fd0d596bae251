package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes with too little memory end, with 1 and one line. */
class OutOfMemoryProcessTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private String endOf(String option) throws Exception {
        String run = directory.resolve("run" + option).toString();
        try (StarlingProcess process = StarlingProcess.start(
                directory.resolve("log"),
                List.of(option),
                List.of("run", "simulations/quickstart.conf", "--set", "rounds.max=2", "--quiet", "--out", run))) {
            return process.awaitEnd(ExitCode.FAILED);
        }
    }

    @Test
    @Timeout(240)
    void aHeapThatIsTooSmallIsNamed() throws Exception {
        assertThat(endOf("-Xmx16m").lines())
                .anyMatch(line -> line.startsWith("starling: out of memory: the heap of 16 MB is too small"))
                .noneMatch(line -> line.contains("Exception") || line.contains("Uncaught") || line.startsWith("\tat "));
    }

    /** It shows in the actors that train, whose errors Pekko would report in its own way, and exit with its own code. */
    @Test
    @Timeout(240)
    void theRoomForTensorsIsNamed() throws Exception {
        assertThat(endOf("-Dorg.bytedeco.javacpp.maxBytes=100k").lines())
                .anyMatch(line -> line.startsWith("starling: out of memory: the room for tensors"))
                .noneMatch(line -> line.contains("Uncaught") || line.startsWith("\tat "));
    }

    @Test
    void whatPekkoReportsBesidesIsPrintedAsItIs() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream err = new StandardError(bytes, StandardCharsets.UTF_8);
        err.println("before");
        err.print("Uncaught error from thread [");
        err.print("x-1");
        err.println("]: broken");
        new LinkageError("broken").printStackTrace(err);
        err.println("after");
        err.flush();
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .startsWith("before", "Uncaught error from thread [x-1]: broken", "java.lang.LinkageError: broken")
                .endsWith("after");
    }
}
