package dev.starling.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.store.VersionKey;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that saves is killed by SIGKILL, again and again, at any moment: the store is whole each time, and has
 * everything that was confirmed.
 */
@Tag("cluster")
@ExtendWith(KilledWhileSavingTest.Context.class)
class KilledWhileSavingTest {

    private static final int DEVICES = 20;

    private static Optional<ExtensionContext> context = Optional.empty();

    /** Keeps the context: only one of the tests needs PostgreSQL. */
    static final class Context implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext current) {
            context = Optional.of(current);
        }
    }

    @TempDir
    private Path directory = Path.of("set by JUnit");

    @Test
    void anH2StoreIsWholeAfterFiftyKills() throws Exception {
        killAgainAndAgain(StoreSettings.directory(directory), directory.toString(), 50, 7);
    }

    @Test
    void aPostgresStoreIsWholeAfterSixKills() throws Exception {
        StoreSettings settings = PostgresServer.of(context.orElseThrow()).newDatabase();
        killAgainAndAgain(settings, settings.url(), 6, 8);
    }

    private void killAgainAndAgain(StoreSettings settings, String place, int kills, long seed) throws Exception {
        Random random = new Random(seed);
        int confirmed = -1;
        int writing = 0;
        for (int kill = 0; kill < kills; kill++) {
            int rounds = random.nextInt(5);
            long moment = random.nextInt(12_000_000);
            int last = saveAndKill(place, confirmed + 1, rounds, moment);
            confirmed = Math.max(confirmed, last);
            // The process is dead: nobody has to wait until its lock counts as left behind.
            Files.deleteIfExists(directory.resolve("models.lock.db"));
            try (ModelStore store = ModelStore.open(settings)) {
                FsckReport report = store.fsck(false, Optional.empty());
                assertThat(report.problems())
                        .as("after kill %d, seed %d", kill, seed)
                        .isEmpty();
                assertThat(report.orphans()).isZero();
                assertThat(report.versions() % (DEVICES + 1))
                        .as("whole rounds only")
                        .isZero();
                int there = (int) report.versions() / (DEVICES + 1) - 1;
                assertThat(there)
                        .as("the last round that was confirmed is there")
                        .isBetween(confirmed, confirmed + 1);
                writing += there > confirmed ? 1 : 0;
                confirmed = there;
                if (there >= 0) {
                    assertThat(store.recover("run", VersionKey.of(DEVICES - 1, there)))
                            .isEqualTo(SmallModels.personal(DEVICES - 1, there, there));
                }
            }
        }
        assertThat(confirmed).as("the run goes on after each kill").isGreaterThan(kills);
        System.out.println(kills + " kills, " + (confirmed + 1) + " rounds, killed " + writing
                + " times between commit and confirmation");
    }

    /** Kills the process {@code nanos} after it has confirmed {@code rounds} rounds; gives the last confirmed one. */
    private static int saveAndKill(String place, int first, int rounds, long nanos) throws Exception {
        Process process = Saving.start(place, "run", first, 100_000, DEVICES);
        int last = -1;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            int left = rounds + 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("[0-9]+")) {
                    last = Integer.parseInt(line);
                } else {
                    assertThat(line).isEqualTo("open");
                }
                if (--left == 0) {
                    long moment = System.nanoTime() + nanos;
                    while (System.nanoTime() < moment) {
                        Thread.onSpinWait();
                    }
                    // Not by the process itself: that would close its output, too.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as("killed by SIGKILL").isEqualTo(128 + 9);
        return last;
    }
}
