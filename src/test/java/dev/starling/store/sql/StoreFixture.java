package dev.starling.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.store.StoreUnavailableException;
import dev.starling.store.VersionRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store on a database of its own for each test, whatever database that is. */
abstract class StoreFixture {

    static final String RUN = "run-1";

    StoreSettings settings = StoreSettings.directory(Path.of("set before each test"));

    @SuppressWarnings("NullAway.Init") // Set before each test.
    ModelStore store;

    /** Settings of a database of its own for each test. */
    abstract StoreSettings emptyDatabase() throws Exception;

    @BeforeEach
    void open() throws Exception {
        settings = emptyDatabase();
        store = ModelStore.open(settings);
    }

    @AfterEach
    void close() {
        store.close();
    }

    void reopen() {
        store.close();
        store = ModelStore.open(settings.existing());
    }

    /** Tries again as a {@link QueuedWriter} does while the store is away, but not for ever. */
    static <T> T inTheEnd(Supplier<T> work) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (true) {
            try {
                return work.get();
            } catch (StoreUnavailableException e) {
                assertThat(e).hasMessageContaining("model store");
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    static void writeInTheEnd(ModelStore store, WriteBatch batch) {
        inTheEnd(() -> {
            store.write(batch);
            return batch;
        });
    }

    FsckReport fsck() {
        return store.fsck(false, Optional.empty());
    }

    static List<String> keys(List<VersionRecord> records) {
        return records.stream().map(record -> record.key().toString()).toList();
    }

    int change(String sql, Object... parameters) {
        return store.database().transaction(connection -> Sql.update(connection, sql, parameters));
    }

    long number(String sql) {
        return store.database().transaction(connection -> Sql.number(connection, sql));
    }
}
