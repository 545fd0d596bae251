package dev.starling.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.store.StoreUnavailableException;
import dev.starling.store.VersionKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An H2 store whose disk is full all at once: nothing that was confirmed is lost, and the store goes on in the same process
 * when there is room again. H2 gives a database up that it could not write, whoever of its threads was the first to find out.
 */
@Timeout(
        value = 120,
        threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // What H2 waits for in vain can not be interrupted.
class H2FullDiskTest {

    private static final String RUN = "run";
    private static final int DEVICES = 20;

    /** Writes by itself after half a second, also what is not committed. */
    private static final String IN_BACKGROUND = "";

    /** Writes when somebody commits, as the stores in a directory do. */
    private static final String AT_COMMIT = ";WRITE_DELAY=0;LOCK_TIMEOUT=10000";

    @TempDir
    private Path directory = Path.of("set by JUnit");

    private Optional<ModelStore> opened = Optional.empty();

    @BeforeEach
    void empty() {
        FullDisk.empty();
    }

    @AfterEach
    void close() {
        FullDisk.empty();
        opened.ifPresent(ModelStore::close);
    }

    private ModelStore store(String options) {
        StoreSettings settings = StoreSettings.url(FullDisk.url(directory.resolve("models") + options), "starling", "");
        ModelStore store = ModelStore.open(settings.withPool(2, 1_000));
        opened = Optional.of(store);
        store.write(SmallModels.round(RUN, 0, DEVICES));
        return store;
    }

    private static void assertAway(ModelStore store, int round) {
        assertThatThrownBy(() -> store.write(SmallModels.round(RUN, round, DEVICES)))
                .isInstanceOf(StoreUnavailableException.class);
    }

    /** Rounds 0 to {@code last} are there, whole, also for whoever opens the file next. */
    private void assertWholeTo(int last) {
        for (int look = 0; look < 2; look++) {
            ModelStore store = opened.orElseThrow();
            FsckReport report = store.fsck(false, Optional.empty());
            assertThat(report.problems()).isEmpty();
            assertThat(report.orphans()).isZero();
            assertThat(report.versions()).isEqualTo((last + 1L) * (DEVICES + 1));
            for (int round = 0; round <= last; round++) {
                assertThat(store.recover(RUN, VersionKey.of(DEVICES - 1, round)))
                        .isEqualTo(SmallModels.personal(DEVICES - 1, round, round));
            }
            store.close();
            opened = Optional.of(ModelStore.open(store.database().settings().existing()));
        }
    }

    /** A change that nobody waits for to be on disk. */
    private static void changeSomething(ModelStore store, int bytes) {
        byte[] content = new byte[bytes];
        new Random(1).nextBytes(content);
        store.database().read(connection -> Sql.update(connection, insert(), -1L, content));
    }

    private static String insert() {
        return "INSERT INTO block (id, content) VALUES (?, ?)";
    }

    @ParameterizedTest
    @ValueSource(strings = {AT_COMMIT, IN_BACKGROUND})
    void aStoreGoesOnWhenItsDiskWasFullAndHasRoomAgain(String options) {
        ModelStore store = store(options);
        FullDisk.fill();

        assertThatThrownBy(() -> store.write(SmallModels.round(RUN, 1, DEVICES)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("cannot be written: No space left on device");
        // More often than there are connections: none is used up by it.
        for (int attempt = 0; attempt < 3; attempt++) {
            assertAway(store, 1);
        }
        FullDisk.empty();

        // H2 may have opened its file anew while the disk was still full.
        StoreFixture.writeInTheEnd(store, SmallModels.round(RUN, 1, DEVICES));
        store.write(SmallModels.round(RUN, 2, DEVICES));
        assertWholeTo(2);
    }

    @Test
    void itGoesOnTooIfTheWriterInTheBackgroundWasTheFirstToFindTheDiskFull() {
        ModelStore store = store(IN_BACKGROUND);
        FullDisk.fill();
        changeSomething(store, 100);
        FullDisk.awaitRefusal();

        assertAway(store, 1);
        FullDisk.empty();

        StoreFixture.writeInTheEnd(store, SmallModels.round(RUN, 1, DEVICES));
        assertWholeTo(1); // Without the change, whose row would be an orphan: nobody was told that it is kept.
    }

    /** It is the rollback that never ended: on a core of its own. */
    @Test
    void whoeverIsWithinATransactionMeanwhileIsFreeAgain() {
        ModelStore store = store(IN_BACKGROUND);
        assertThatThrownBy(() -> store.database().transaction(connection -> {
                    FullDisk.fill();
                    Sql.update(connection, insert(), -1L, new byte[10]);
                    awaitLoss(connection);
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");
        assertAway(store, 1);
        FullDisk.empty();

        StoreFixture.writeInTheEnd(store, SmallModels.round(RUN, 1, DEVICES));
        assertWholeTo(1);
    }

    /** H2 tells of what failed in its background once, whoever asks. */
    @Test
    void whoeverIsWithinATransactionIsFreeAgainAlsoIfAnotherHeardOfItFirst() {
        ModelStore store = store(IN_BACKGROUND);
        assertThatThrownBy(() -> store.database().transaction(connection -> {
                    FullDisk.fill();
                    Sql.update(connection, insert(), -1L, new byte[10]);
                    awaitLoss(connection);
                    tellAnother(store.database().settings());
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");
        FullDisk.empty();

        StoreFixture.writeInTheEnd(store, SmallModels.round(RUN, 1, DEVICES));
        assertWholeTo(1);
    }

    /** Somebody who does not give the database up. */
    private static void tellAnother(StoreSettings settings) {
        boolean told = false;
        while (!told) {
            try {
                DriverManager.getConnection(settings.url(), settings.user(), settings.password())
                        .close();
            } catch (SQLException e) {
                told = true;
            }
        }
    }

    /** Until H2 knows of what the disk said. */
    private static void awaitLoss(Connection connection) {
        FullDisk.awaitRefusal();
        while (!LostDatabase.is(connection)) {
            Thread.onSpinWait();
        }
    }

    /** At once, and with a transaction open in it: a database that is not abandoned gives another error first. */
    @Test
    void whoConnectsAfterADatabaseWasAbandonedOpensItsFileAnew() throws SQLException {
        String url = FullDisk.url(directory.resolve("abandoned") + IN_BACKGROUND);
        Connection within = DriverManager.getConnection(url, "starling", "");
        Sql.update(within, "CREATE TABLE kept (id INTEGER)");
        Sql.update(within, "CHECKPOINT SYNC");
        within.setAutoCommit(false);
        FullDisk.fill();
        Sql.update(within, "INSERT INTO kept VALUES (1)");
        FullDisk.awaitRefusal();
        FullDisk.empty();

        LostDatabase.abandon(within);
        LostDatabase.abandon(within); // Does nothing more.

        try (Connection next = DriverManager.getConnection(url, "starling", "")) {
            Sql.update(next, "INSERT INTO kept VALUES (2)");
            Sql.update(next, "CHECKPOINT SYNC");
            LostDatabase.abandon(within); // Nor to the one that was opened since.
            assertThat(Sql.number(next, "SELECT SUM(id) FROM kept")).isEqualTo(2);
        }
    }

    /** What a reader saw of a database that is lost since may be gone: its numbers would mean something else. */
    @Test
    void whatWasSeenBeforeIsForgotten() {
        ModelStore store = store(AT_COMMIT);
        FullDisk.fill();
        assertAway(store, 1);
        FullDisk.empty();
        // As if the run and its documents had been committed, and lost with what was not written any more.
        store.database().transaction(connection -> {
            for (String table : List.of("head", "device_state", "tag", "version", "run", "document")) {
                Sql.update(connection, "DELETE FROM " + table);
            }
            return Sql.update(connection, "INSERT INTO run (id, name, written) VALUES (0, 'other', 0)");
        });

        store.write(SmallModels.round(RUN, 0, DEVICES));
        assertThat(store.runs()).containsExactlyInAnyOrder("other", RUN);
        assertThat(store.find("other", VersionKey.base(0))).isEmpty();
        assertThat(store.recover(RUN, VersionKey.of(0, 0))).isEqualTo(SmallModels.personal(0, 0, 0));
    }

    @Test
    void whatWaitsIsWrittenByItselfAndInOrder() throws InterruptedException {
        ModelStore store = store(AT_COMMIT);
        FullDisk.fill();
        try (QueuedWriter writer = new QueuedWriter(store::write, new RoomAfter(3), 10_000, Thread::new)) {
            for (int round = 1; round <= 5; round++) {
                writer.put(SmallModels.round(RUN, round, DEVICES));
            }
            writer.flush();
            assertThat(writer.state().failed()).isFalse();
        }
        assertWholeTo(5);
    }

    /** Lets no time pass; after a few pauses there is room again. */
    private static final class RoomAfter implements QueuedWriter.Pace {
        private int pauses;

        private RoomAfter(int pauses) {
            this.pauses = pauses;
        }

        @Override
        public long nowMillis() {
            return 0;
        }

        @Override
        public void pause(long millis) {
            if (--pauses == 0) {
                FullDisk.empty();
            }
        }

        @Override
        public void wake() {}
    }
}
