package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.FleetInOneJvm.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose own process is lost: a node that stands by goes on, to the same root. */
@Tag("cluster")
class StandByTest {

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
            rounds { max = 60, cohort = 40 }
            """.formatted(Path.of("src/test/resources/parity").toAbsolutePath());

    private static final List<String> QUICKER = List.of(
            "-Dpekko.cluster.failure-detector.acceptable-heartbeat-pause=3s",
            "-Dpekko.cluster.split-brain-resolver.stable-after=1s");

    private static final Pattern ADDRESS = Pattern.compile("listening on (\\S+)");

    @TempDir
    private Path directory;

    private Path scenario;
    private Path out;

    @BeforeEach
    void writeScenario() throws IOException {
        scenario = Files.writeString(directory.resolve("fleet.conf"), SCENARIO);
        out = directory.resolve("run");
    }

    private StarlingProcess starling(String... arguments) throws IOException {
        return StarlingProcess.start(directory.resolve("starling.log"), QUICKER, List.of(arguments));
    }

    private static String address(StarlingProcess node) throws InterruptedException {
        Matcher line = ADDRESS.matcher(node.awaitLine("listening on"));
        assertThat(line.find()).isTrue();
        return line.group(1);
    }

    private StarlingProcess standBy(String... more) throws IOException {
        List<String> all = new java.util.ArrayList<>(List.of("node", "--standby", "--threads", "1"));
        all.addAll(List.of(more));
        return starling(all.toArray(String[]::new));
    }

    @Test
    void theCoordinatorsNodeKilledTwiceMovesTheRunTwice() throws Exception {
        Run undisturbed = FleetInOneJvm.run(SCENARIO, 2, directory.resolve("here"));
        try (StarlingProcess worker = starling("node", "--threads", "1")) {
            String seed = address(worker);
            try (StarlingProcess first = standBy("--seed-node", seed)) {
                first.awaitLine("joined the cluster");
                try (StarlingProcess second = standBy("--seed-node", seed)) {
                    second.awaitLine("joined the cluster");
                    try (StarlingProcess run = starling(
                            "run",
                            scenario.toString(),
                            "--cluster",
                            "--seed-node",
                            seed,
                            "--threads",
                            "1",
                            "--out",
                            out.toString())) {
                        run.awaitLine("round ");
                        run.killAfter(500);
                    }
                    first.awaitLine("taking over");
                    first.awaitLine("resumed ");
                    first.awaitLine("round ");
                    first.killAfter(0);
                    second.awaitLine("taking over");
                    second.awaitLine("is DONE, model root " + undisturbed.root());
                }
            }
        }
        assertThat(Files.readString(out.resolve("summary.json")))
                .contains(undisturbed.root(), "\"resumed\" : 2", "\"rounds\" : 60");
    }

    @Test
    void aRunThatEndsAsItShouldIsNotTakenOver() throws Exception {
        try (StarlingProcess node = standBy()) {
            String seed = address(node);
            node.awaitLine("joined the cluster");
            for (String name : List.of("one", "two")) {
                try (StarlingProcess run = starling(
                        "run",
                        scenario.toString(),
                        "--set",
                        "rounds.max=5",
                        "--cluster",
                        "--seed-node",
                        seed,
                        "--threads",
                        "1",
                        "--out",
                        directory.resolve(name).toString())) {
                    run.awaitEnd(ExitCode.OK);
                }
            }
            node.signal("TERM");
            assertThat(node.awaitEnd(143)).doesNotContain("taking over");
        }
    }
}
