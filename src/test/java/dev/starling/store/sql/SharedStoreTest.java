package dev.starling.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.base.InputException;
import dev.starling.store.VersionKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one store at the same time. */
@Tag("cluster")
@ExtendWith(SharedStoreTest.Context.class)
class SharedStoreTest {

    private static final int ROUNDS = 25;
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
    void threeProcessesWriteOneH2FileWhileItIsCollected() throws Exception {
        writeTogether(StoreSettings.directory(directory), directory.toString());
    }

    @Test
    void threeProcessesWriteOnePostgresDatabaseWhileItIsCollected() throws Exception {
        StoreSettings settings = PostgresServer.of(context.orElseThrow()).newDatabase();
        writeTogether(settings, settings.url());
    }

    /** Two processes write the same run, so that they meet at every key; this one writes and collects another. */
    private static void writeTogether(StoreSettings settings, String place) throws Exception {
        try (ModelStore store = ModelStore.open(settings)) {
            Process one = Saving.start(place, "shared", 0, ROUNDS, DEVICES);
            Process two = Saving.start(place, "shared", 0, ROUNDS, DEVICES);
            long retired = 0;
            Retention latest = new Retention(1, 1, Retention.Dependants.MATERIALISE, 0);
            int round = 0;
            while (one.isAlive() || two.isAlive()) {
                store.write(SmallModels.round("own", round++, 3));
                retired += store.collect(latest, false, Optional.empty()).retired();
            }
            String said = new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    + new String(two.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).doesNotContain("Exception").containsSubsequence("end", "end");
            assertThat(retired).as("something was retired meanwhile").isPositive();
            FsckReport report = store.fsck(false, Optional.empty());
            assertThat(report.problems()).isEmpty();
            assertThat(report.verified()).isEqualTo(report.versions());
            for (int device = 0; device < DEVICES; device++) {
                assertThat(store.recover("shared", VersionKey.of(device, ROUNDS - 1)))
                        .isEqualTo(SmallModels.personal(device, ROUNDS - 1, ROUNDS - 1));
            }
        }
    }

    @Test
    void aFileThatIsNotSharedIsLocked() throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("models");
        Process holder = Saving.start(url, "run", 0, 100_000, 1);
        try (var lines = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("open");
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> ModelStore.open(StoreSettings.directory(directory)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("locked by a process that does not share it");
        } finally {
            holder.destroyForcibly();
        }
    }
}
