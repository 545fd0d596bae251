package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code starling drill}, with the processes that it starts. */
@Tag("cluster")
class DrillTest {

    @TempDir
    private Path directory;

    private Drills drills() {
        return new Drills(directory);
    }

    @Test
    void thereAreNeverTwoCoordinators() throws Exception {
        assertThat(drills().played("pause-coordinator", "--set", "rounds.max=25"))
                .containsSubsequence("finds itself given up", "the next round is committed ", "the same, bit for bit");
    }

    @Test
    void aNodeThatJoinsTakesItsShareAndOneThatLeavesHandsItsOwnOver() throws Exception {
        List<String> steps = List.of("round 2 is committed", "another node has joined", "is told to leave");
        // Twice the rounds that pass while a JVM starts, devices move to it, and others move away again.
        assertThat(drills().played(steps, "join-and-leave", "--set", "rounds.max=400"))
                .containsPattern(
                        "the node that joined holds [1-9]\\d* devices? and has trained [1-9]\\d* times for the run")
                .containsPattern("the first node holds [1-9]\\d* devices? of (\\d+) and is told to leave(?s:.*)"
                        + "the others hold all \\1 devices")
                .containsSubsequence("the first node has left the cluster", "the same, bit for bit");
    }

    /** Of a fleet of one device there is nothing to share. */
    @Test
    void aNodeThatJoinsAndTakesNothingFailsTheDrill() throws Exception {
        try (StarlingProcess drill = drills().start(
                        "join-and-leave",
                        "--set",
                        "fleet.devices=1",
                        "--set",
                        "rounds.cohort=1",
                        "--set",
                        "rounds.max=60")) {
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
        assertThat(drills().played("random-kills", "--times", "1", "--seed", "31", "--set", "rounds.max=30"))
                .containsSubsequence(
                        "the run's own process of 3 JVMs (1 stand by) killed 234 ms after round 2",
                        "the same root",
                        "1 of 1 runs ended with model root");
    }

    @Test
    void aNodeThatWakesInTimeIsWaitedFor() throws Exception {
        assertThat(drills().played("pause-node", "--set", "rounds.max=30"))
                .containsSubsequence(
                        "one of the nodes is stopped",
                        "it goes on; the run has waited for it",
                        "the same, bit for bit");
    }

    @Test
    void nobodyIsGivenUpOnABusyMachine() throws Exception {
        assertThat(drills().played("busy-machine", "--set", "rounds.max=120"))
                .containsSubsequence(
                        "processes compute beside it, for 1 s",
                        "no answer to a heartbeat for",
                        "never given up",
                        "the same, bit for bit");
    }

    @Test
    void anUnknownDrillIsBadInput() {
        CommandLineFixture starling = new CommandLineFixture();
        assertThat(starling.execute("drill", "kill-nod")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).contains("must be one of kill-node, kill-coordinator");
    }

    @Test
    void anOptionOfOtherDrillsIsBadInput() {
        CommandLineFixture starling = new CommandLineFixture();
        assertThat(starling.execute("drill", "pause-node", "--nodes", "4")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(starling.err()).contains("--nodes", "is for kill-node", "leave it out");
    }
}
