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

    private StarlingProcess start(String name, String... options) throws Exception {
        Path scenario = Files.writeString(directory.resolve("fleet.conf"), """
                seed = 3
                data {
                  source { kind = glyphs, train-examples = 2000, test-examples = 200 }
                  partition { kind = shards, per-device = 2 }
                }
                model.network = "mlp(32)"
                local { epochs = 30, batch = 10, learning-rate = 0.05 }
                fleet.devices = 40
                rounds { max = 60, cohort = 20 }
                evaluate-devices = false
                """);
        Path out = directory.resolve("out");
        List<String> all = new ArrayList<>(List.of(
                name, "--scenario", scenario.toString(), "--out", out.toString(), "--pause", "1", "--patience", "120"));
        all.addAll(List.of(options));
        return drill(all.toArray(String[]::new));
    }

    private String played(String name, String... options) throws Exception {
        return played(List.of(), name, options);
    }

    /** @param steps that it tells of on its way: each line has a minute */
    private String played(List<String> steps, String name, String... options) throws Exception {
        try (StarlingProcess drill = start(name, options)) {
            drill.awaitLine("first the run without any fault");
            drill.awaitLine("model root ");
            for (String step : steps) {
                drill.awaitLine(step);
            }
            drill.awaitLine("model root ");
            return drill.awaitEnd(ExitCode.OK);
        }
    }

    @Test
    void thereAreNeverTwoCoordinators() throws Exception {
        assertThat(played("pause-coordinator", "--set", "rounds.max=25"))
                .containsSubsequence("finds itself given up", "the next round is committed ", "the same, bit for bit");
    }

    @Test
    void aNodeThatJoinsTakesItsShareAndOneThatLeavesHandsItsOwnOver() throws Exception {
        List<String> steps = List.of("round 2 is committed", "another node has joined", "is told to leave");
        assertThat(played(steps, "join-and-leave", "--set", "rounds.max=120"))
                .containsPattern(
                        "the node that joined holds [1-9]\\d* devices? and has trained [1-9]\\d* times for the run")
                .containsPattern("the first node holds [1-9]\\d* devices? of (\\d+) and is told to leave(?s:.*)"
                        + "the others hold all \\1 devices")
                .containsSubsequence("the first node has left the cluster", "the same, bit for bit");
    }

    /** Of a fleet of one device there is nothing to share. */
    @Test
    void aNodeThatJoinsAndTakesNothingFailsTheDrill() throws Exception {
        try (StarlingProcess drill = start(
                "join-and-leave", "--set", "fleet.devices=1", "--set", "rounds.cohort=1", "--set", "rounds.max=60")) {
            drill.awaitLine("model root ");
            drill.awaitLine("round 2 is committed");
            drill.awaitLine("another node has joined");
            assertThat(drill.awaitEnd(ExitCode.FAILED))
                    .contains(
                            "join-and-leave failed: the run ended when the node that had joined held 0 devices and had "
                                    + "trained 0 times: it took no share")
                    .doesNotContain("has left");
        }
    }

    /** Victims and moments are what the seed says: here the run's own process, among three. */
    @Test
    void runsEndAsTheyShouldWhateverIsKilled() throws Exception {
        assertThat(played("random-kills", "--times", "1", "--seed", "31", "--set", "rounds.max=30"))
                .containsSubsequence(
                        "the run's own process of 3 JVMs (1 stand by) killed 234 ms after round 2",
                        "the same root",
                        "1 of 1 runs ended with model root");
    }

    @Test
    void aNodeThatWakesInTimeIsWaitedFor() throws Exception {
        assertThat(played("pause-node", "--set", "rounds.max=30"))
                .containsSubsequence(
                        "one of the nodes is stopped",
                        "it goes on; the run has waited for it",
                        "the same, bit for bit");
    }

    @Test
    void nobodyIsGivenUpOnABusyMachine() throws Exception {
        assertThat(played("busy-machine", "--set", "rounds.max=120"))
                .containsSubsequence(
                        "processes compute beside it, for 1 s",
                        "no answer to a heartbeat for",
                        "never given up",
                        "the same, bit for bit");
    }

    @Test
    void aFullDiskEndsTheRunWithAClearErrorAndNothingHalfWritten() throws Exception {
        assumeTrue(canMount(), "needs root and file systems in memory");
        assertThat(played("full-disk", "--set", "rounds.max=20"))
                .containsPattern("exit code 1: starling: .*could not .*writ.*No space left on device")
                .containsSubsequence(
                        "the disk is full",
                        "the same, bit for bit",
                        "versions are kept, all with the roots that they should have");
    }

    @Test
    void versionsWaitWhileTheStoreHasNoRoom() throws Exception {
        assumeTrue(canMount(), "needs root and file systems in memory");
        assertThat(played("full-store", "--set", "rounds.max=20"))
                .containsSubsequence(
                        "the disk of the store is full",
                        "the run says: store away for",
                        "there is room again",
                        "the same, bit for bit",
                        "versions are kept, all with the roots that they should have");
    }

    @Test
    void oneSideOfACutNetworkGoesOn() throws Exception {
        assumeTrue(canMakeNetworks(), "needs root and network namespaces");
        assertThat(played("partition"))
                .containsSubsequence(
                        "the network is cut",
                        "has taken itself out: starling: this node was cut off from its cluster",
                        "on the other side has joined");
    }

    private boolean canMount() throws Exception {
        String place = Files.createDirectories(directory.resolve("mounted")).toString();
        return System.getProperty("user.name").equals("root")
                && new ProcessBuilder("mount", "-t", "tmpfs", "tmpfs", place)
                                .start()
                                .waitFor()
                        == 0
                && new ProcessBuilder("umount", place).start().waitFor() == 0;
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

    @Test
    void anOptionOfOtherDrillsIsBadInput() throws Exception {
        try (StarlingProcess drill = drill("pause-node", "--nodes", "4")) {
            assertThat(drill.awaitEnd(ExitCode.BAD_INPUT)).contains("--nodes", "is for kill-node", "leave it out");
        }
    }
}
