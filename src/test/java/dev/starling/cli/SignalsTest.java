package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profilers interrupt threads by signals, also inside native kernels: the stack must be the thread's own there. */
@Tag("cluster")
class SignalsTest {

    private static final Path QUICKSTART = Path.of("simulations/quickstart.conf");

    /** Enough rounds for tens of thousands of signals. */
    private static final List<String> SETTINGS = List.of("model.network=\"mlp(200,200)\"", "rounds.max=25");

    /** Of training threads, as far as Linux keeps it. */
    private static final String NAME = "starling-starli";

    /** Signals to all threads at a time until the process is gone; the JVM ignores this one after it has handled it. */
    private static final String SIGNALS = "while kill -s PIPE \"$@\"; do echo; done 2>/dev/null | wc -l";

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @Test
    void signalsToTrainingThreadsLeaveTheModelAsItWouldBe() throws IOException, InterruptedException {
        String undisturbed = FleetInOneJvm.run(
                        Files.readString(QUICKSTART) + "\n" + String.join("\n", SETTINGS),
                        2,
                        directory.resolve("quiet"))
                .root();
        try (StarlingProcess run = start("disturbed")) {
            run.awaitLine("round ");
            List<String> command = new ArrayList<>(List.of("sh", "-c", SIGNALS, "signals"));
            command.addAll(trainingThreads(run.handle().pid()));
            assertThat(command).hasSize(4 + 2);
            Process signals = new ProcessBuilder(command).start();
            run.awaitEnd(ExitCode.OK);
            String count = new String(signals.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(Integer.parseInt(count)).isGreaterThan(1_000);
        }
        assertThat(root("disturbed")).isEqualTo(undisturbed);
    }

    private StarlingProcess start(String name) throws IOException {
        List<String> words = new ArrayList<>(List.of("run", QUICKSTART.toString(), "--threads", "2"));
        SETTINGS.forEach(setting -> words.addAll(List.of("--set", setting)));
        words.addAll(List.of("--out", directory.resolve(name).toString()));
        return StarlingProcess.start(directory.resolve(name + ".log"), List.of(), words);
    }

    private static List<String> trainingThreads(long process) throws IOException {
        List<String> ids = new ArrayList<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(process), "task"))) {
            for (Path thread : threads.toList()) {
                try {
                    if (Files.readString(thread.resolve("comm")).startsWith(NAME)) {
                        ids.add(thread.getFileName().toString());
                    }
                } catch (NoSuchFileException ended) {
                    // Compilers' threads come and go.
                }
            }
        }
        return ids;
    }

    private String root(String name) throws IOException {
        return ConfigFactory.parseString(
                        Files.readString(directory.resolve(name).resolve("summary.json")))
                .getString("modelRoot");
    }
}
