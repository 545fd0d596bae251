package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java Flight Recorder interrupts training threads by signals, also inside native kernels. */
class FlightRecordingTest {

    private static final List<String> SCENARIO = List.of(
            "simulations/quickstart.conf",
            "--set",
            "model.network=mlp(200,200)",
            "--set",
            "rounds.max=25",
            "--threads",
            "2");

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @Test
    void aRecordedRunEndsWithTheSameModel() throws IOException, InterruptedException {
        String quiet = root("quiet", List.of());
        String recorded = root("recorded", List.of("-XX:StartFlightRecording:settings=profile"));

        assertThat(recorded).isEqualTo(quiet);
    }

    private String root(String name, List<String> options) throws IOException, InterruptedException {
        Path results = directory.resolve(name);
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(SCENARIO);
        arguments.addAll(List.of("--out", results.toString()));
        try (StarlingProcess run = StarlingProcess.start(directory.resolve(name + ".log"), options, arguments)) {
            run.awaitEnd(ExitCode.OK);
        }
        return ConfigFactory.parseString(Files.readString(results.resolve("summary.json")))
                .getString("modelRoot");
    }
}
