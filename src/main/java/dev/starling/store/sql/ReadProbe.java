package dev.starling.store.sql;

import dev.starling.store.Calibration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads bytes that it wrote into the store's blocks before, as a recovery reads: the row of a version, then what it holds.
 * Deletes them when closed. They are a pack of their own in which there is no object: what a crash leaves of them goes with
 * the next probe, or the next collection. Past the caches of this process, not of the database.
 */
public final class ReadProbe implements Calibration.Probe, AutoCloseable {

    /** A probe is over long before. */
    private static final long STRAY_MILLIS = 60_000;

    private final Database database;
    private final long first;
    private final int small;
    private final int largeBlocks;

    ReadProbe(Database database, int small, int large) {
        this(database, small, large, STRAY_MILLIS);
    }

    /** @param strayMillis age of packs without any object that are deleted first: of probes that were never closed */
    ReadProbe(Database database, int small, int large, long strayMillis) {
        new PackSweep(database, strayMillis).sweepPacks();
        this.database = database;
        this.small = small;
        this.largeBlocks = Math.max(1, large / PackWriter.BLOCK_BYTES);
        this.first = database.transaction(connection -> write(connection, small, largeBlocks));
    }

    private static long write(Connection connection, int small, int largeBlocks) throws SQLException {
        long pack = Sql.number(connection, "SELECT nextval('pack_id')");
        long id = pack * PackWriter.BLOCKS;
        Sql.update(
                connection,
                "INSERT INTO pack (id, bytes, written) VALUES (?, ?, ?)",
                pack,
                small + (long) largeBlocks * PackWriter.BLOCK_BYTES,
                Database.now(connection));
        List<Integer> numbers = IntStream.rangeClosed(0, largeBlocks).boxed().toList();
        Sql.batch(connection, "INSERT INTO block (id, content) VALUES (?, ?)", numbers, (statement, number) -> {
            byte[] content = new byte[number == 0 ? small : PackWriter.BLOCK_BYTES];
            for (int i = 0; i < content.length; i++) {
                content[i] = (byte) (((i + number) * 0x9E3779B1) >>> 24); // Nothing that a database could pack.
            }
            statement.setLong(1, id + number);
            statement.setBytes(2, content);
        });
        return id;
    }

    @Override
    public void read(int bytes) {
        long from = bytes <= small ? first : first + 1;
        long to = bytes <= small ? first : first + largeBlocks;
        List<Integer> lengths = new ArrayList<>(database.snapshot(connection -> {
            Sql.query(connection, VersionRow.SELECT + "WHERE v.id = ?", VersionRow::read, -1L);
            return Sql.query(
                    connection,
                    "SELECT content FROM block WHERE id BETWEEN ? AND ?",
                    row -> row.getBytes(1).length,
                    from,
                    to);
        }));
        if (lengths.stream().mapToInt(Integer::intValue).sum() < bytes) {
            throw new IllegalStateException("expected " + bytes + " bytes in the store, got blocks of " + lengths);
        }
    }

    @Override
    public void close() {
        database.transaction(connection -> {
            Sql.update(connection, "DELETE FROM block WHERE id BETWEEN ? AND ?", first, first + largeBlocks);
            return Sql.update(connection, "DELETE FROM pack WHERE id = ?", first / PackWriter.BLOCKS);
        });
    }
}
