package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with certificates whose own process is lost: a node that stands by goes on, with certificates too. */
@Tag("cluster")
class TlsStandByTest {

    private static final String SCENARIO =
            """
            seed = 3
            data {
              directory = %s
              source { kind = npz, file = data.npz }
              partition.kind = from-file
              hold-back = 0.1
            }
            model.network = "mlp(20)"
            local { epochs = 40, batch = 10, learning-rate = 0.05 }
            fleet.devices = 200
            rounds { max = 30, cohort = 40 }
            evaluate-devices = false
            """.formatted(Path.of("src/test/resources/parity").toAbsolutePath());

    private static final List<String> QUICKER = List.of(
            "-Dpekko.cluster.failure-detector.acceptable-heartbeat-pause=3s",
            "-Dpekko.cluster.split-brain-resolver.stable-after=1s");

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private StarlingProcess starling(String log, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--threads", "1", "--tls", directory.resolve("tls").toString()));
        return StarlingProcess.start(directory.resolve(log), QUICKER, all);
    }

    @Test
    void aRunWithCertificatesIsTakenOver() throws Exception {
        assertThat(new CommandLineFixture()
                        .execute("certs", "--dir", directory.resolve("tls").toString()))
                .isEqualTo(ExitCode.OK);
        Path scenario = Files.writeString(directory.resolve("fleet.conf"), SCENARIO);
        String expected =
                FleetInOneJvm.run(SCENARIO, 2, directory.resolve("here")).root();
        Path out = directory.resolve("run");
        try (StarlingProcess worker = starling("worker.log", "node")) {
            String seed = worker.awaitLine("listening on ").replaceFirst(".*listening on ", "");
            try (StarlingProcess standBy = starling("standby.log", "node", "--standby", "--seed-node", seed)) {
                standBy.awaitLine("joined the cluster");
                try (StarlingProcess run = starling(
                        "run.log",
                        "run",
                        scenario.toString(),
                        "--cluster",
                        "--seed-node",
                        seed,
                        "--out",
                        out.toString())) {
                    run.awaitLine("round ");
                    run.killAfter(300);
                }
                standBy.awaitLine("taking over");
                standBy.awaitLine("is DONE, model root " + expected);
            }
        }
        assertThat(Files.readString(out.resolve("summary.json"))).contains(expected, "\"resumed\" : 1");
    }
}
