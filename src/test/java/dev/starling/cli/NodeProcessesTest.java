package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("cluster")
class NodeProcessesTest {

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @Test
    @Timeout(60)
    void nodesLiveUntilTheyAreClosedAndIgnoreCtrlC() throws Exception {
        List<ProcessHandle> handles;
        try (NodeProcesses nodes = NodeProcesses.start(IdleNode.class, 2, "127.0.0.1:2551", 3, directory, List.of())) {
            handles = nodes.handles();
            Path log = directory.resolve("node-3.log");
            while (!Files.exists(log) || !Files.readString(log).contains("serving [127.0.0.1:2551] with 3")) {
                assertThat(handles).allMatch(ProcessHandle::isAlive);
                Thread.onSpinWait();
            }
            new ProcessBuilder("kill", "-INT", String.valueOf(handles.get(1).pid()))
                    .start()
                    .waitFor();
            // Had the signal had an effect, the JVM would be on its way down.
            assertThat(handles.get(1).onExit())
                    .failsWithin(Duration.ofMillis(500))
                    .withThrowableOfType(java.util.concurrent.TimeoutException.class);
        }
        assertThat(handles).noneMatch(ProcessHandle::isAlive);
        assertThat(directory.resolve("node-2.log")).exists();
    }
}
