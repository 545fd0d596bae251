package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.cli.FleetInOneJvm.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose own process is lost: a node that stands by goes on, to the same root. */
@Tag("cluster")
class StandByTest {

    private static final String SCENARIO = ParityFleet.scenario(40, 40);

    @TempDir
    private Path directory;

    private Path scenario;
    private Path out;

    @BeforeEach
    void writeScenario() throws IOException {
        scenario = Files.writeString(directory.resolve("fleet.conf"), SCENARIO);
        out = directory.resolve("run");
    }

    private StarlingProcess starling(List<String> arguments) throws IOException {
        return StarlingProcess.start(directory.resolve("starling.log"), ParityFleet.QUICKER, arguments);
    }

    private StarlingProcess standBy(String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of("node", "--standby", "--threads", "1"));
        all.addAll(List.of(more));
        return starling(all);
    }

    @Test
    void theCoordinatorsNodeKilledTwiceMovesTheRunTwice() throws Exception {
        Run undisturbed = FleetInOneJvm.run(SCENARIO, 2, directory.resolve("here"));
        try (StarlingProcess worker = starling(List.of("node", "--threads", "1"))) {
            String seed = ParityFleet.addressOf(worker);
            try (StarlingProcess first = standBy("--seed-node", seed)) {
                first.awaitLine("joined the cluster");
                try (StarlingProcess second = standBy("--seed-node", seed)) {
                    try (StarlingProcess run = starling(ParityFleet.runOn(seed, scenario, out))) {
                        second.awaitLine("joined the cluster");
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
                .contains(undisturbed.root(), "\"resumed\" : 2", "\"rounds\" : 40");
    }

    @Test
    void aRunThatEndsAsItShouldIsNotTakenOver() throws Exception {
        try (StarlingProcess node = standBy()) {
            String seed = ParityFleet.addressOf(node);
            node.awaitLine("joined the cluster");
            for (String name : List.of("one", "two")) {
                try (StarlingProcess run =
                        starling(ParityFleet.runOn(seed, scenario, directory.resolve(name), "--set", "rounds.max=2"))) {
                    run.awaitEnd(ExitCode.OK);
                }
            }
            node.signal("TERM");
            assertThat(node.awaitEnd(143)).doesNotContain("taking over");
        }
    }
}
