package dev.starling.cli.drill;

import dev.starling.cli.processes.ProcessFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Processes that only compute, with the priority that everybody has. */
final class Burners implements AutoCloseable {

    private final List<Process> processes = new ArrayList<>();

    private Burners() {}

    /** @param directory for what they say, which is nothing */
    static Burners start(int count, Path directory) throws IOException {
        Burners burners = new Burners();
        try {
            for (int i = 0; i < count; i++) {
                burners.processes.add(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx16m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Burner.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                directory.resolve("burners.out").toFile()))
                        .start());
            }
            return burners;
        } catch (IOException e) {
            burners.close();
            throw e;
        }
    }

    /** What they have had of the cores so far; throws ProcessFailure if one has ended. */
    double cpuSeconds() {
        double seconds = 0;
        for (Process process : processes) {
            if (!process.isAlive()) {
                throw new ProcessFailure("a process that was to keep the machine busy ended");
            }
            seconds += process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
        }
        return seconds;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
