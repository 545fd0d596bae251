package dev.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drills that mount file systems or make networks, which takes root. */
@Tag("cluster")
class DrillOnSystemTest {

    @TempDir
    private Path directory;

    private Drills drills() {
        return new Drills(directory);
    }

    @Test
    void aFullDiskEndsTheRunWithAClearErrorAndNothingHalfWritten() throws Exception {
        assumeTrue(canMount(), "needs root and file systems in memory");
        assertThat(drills().played("full-disk", "--set", "rounds.max=20"))
                .containsPattern("exit code 1: starling: .*could not .*writ.*No space left on device")
                .containsSubsequence(
                        "the disk is full",
                        "the same, bit for bit",
                        "versions are kept, all with the roots that they should have");
    }

    @Test
    void versionsWaitWhileTheStoreHasNoRoom() throws Exception {
        assumeTrue(canMount(), "needs root and file systems in memory");
        assertThat(drills().played("full-store", "--set", "rounds.max=20"))
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
        assertThat(drills().played("partition"))
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
}
