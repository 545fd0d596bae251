package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code starling drill}, with the processes that it starts. */
@Tag("cluster")
class DrillTest {

    @TempDir
    private Path directory;

    private StarlingProcess drill(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("drill"));
        all.addAll(List.of(arguments));
        return StarlingProcess.start(directory.resolve("drill.log"), ParityFleet.QUICKER, all);
    }

    /** @param rounds enough of them for the fault to come in time */
    private String played(String name, int rounds) throws Exception {
        Path scenario = Files.writeString(directory.resolve("fleet.conf"), """
                seed = 3
                data {
                  source { kind = glyphs, train-examples = 2000, test-examples = 200 }
                  partition { kind = shards, per-device = 2 }
                }
                model.network = "mlp(32)"
                local { epochs = 30, batch = 10, learning-rate = 0.05 }
                fleet.devices = 40
                rounds { max = %d, cohort = 20 }
                evaluate-devices = false
                """.formatted(rounds));
        Path out = directory.resolve("out");
        try (StarlingProcess drill = drill(
                name,
                "--scenario",
                scenario.toString(),
                "--out",
                out.toString(),
                "--pause",
                "1",
                "--patience",
                "120")) {
            drill.awaitLine("the same, bit for bit");
            return drill.awaitEnd(ExitCode.OK);
        }
    }

    @ParameterizedTest
    @CsvSource({"pause-coordinator, 25", "join-and-leave, 60"})
    void theRunSurvives(String name, int rounds) throws Exception {
        assertThat(played(name, rounds)).contains("round ").contains("the next round is committed after");
    }

    @Test
    void oneSideOfACutNetworkGoesOn() throws Exception {
        assumeTrue(canMakeNetworks(), "needs root and network namespaces");
        assertThat(played("partition", 60))
                .containsSubsequence("the network is cut", "has taken itself out", "on the other side has joined");
    }

    private static boolean canMakeNetworks() throws Exception {
        try {
            String name = "starling-test-" + ProcessHandle.current().pid();
            return new ProcessBuilder("ip", "netns", "add", name).start().waitFor() == 0
                    && new ProcessBuilder("ip", "netns", "del", name).start().waitFor() == 0;
        } catch (java.io.IOException noSuchCommand) {
            return false;
        }
    }

    @Test
    void anUnknownDrillIsBadInput() throws Exception {
        try (StarlingProcess drill = drill("kill-nod")) {
            assertThat(drill.awaitEnd(ExitCode.BAD_INPUT)).contains("must be one of kill-node, kill-coordinator");
        }
    }
}
