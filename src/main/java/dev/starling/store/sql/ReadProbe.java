package dev.starling.store.sql;

import dev.starling.store.Calibration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Reads bytes that it wrote into the store's blocks before, and deletes them when closed. No version refers to them; what a
 * crash leaves of them has the number of a pack that is not there. Past the caches of this process, not of the database.
 */
public final class ReadProbe implements Calibration.Probe, AutoCloseable {

    private final Database database;
    private final long first;
    private final int small;
    private final int largeBlocks;

    ReadProbe(Database database, int small, int large) {
        this.database = database;
        this.small = small;
        this.largeBlocks = Math.max(1, large / PackWriter.BLOCK_BYTES);
        this.first = database.transaction(connection -> write(connection, small, largeBlocks));
    }

    private static long write(Connection connection, int small, int largeBlocks) throws SQLException {
        long id = Sql.number(connection, "SELECT nextval('pack_id')") * PackWriter.BLOCKS;
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
        List<Integer> lengths = new ArrayList<>(database.snapshot(connection -> Sql.query(
                connection,
                "SELECT content FROM block WHERE id BETWEEN ? AND ?",
                row -> row.getBytes(1).length,
                from,
                to)));
        if (lengths.stream().mapToInt(Integer::intValue).sum() < bytes) {
            throw new IllegalStateException("expected " + bytes + " bytes in the store, got blocks of " + lengths);
        }
    }

    @Override
    public void close() {
        long[] ids = LongStream.rangeClosed(first, first + largeBlocks).toArray();
        database.transaction(connection -> Sql.update(connection, "DELETE FROM block WHERE id = ANY (?)", (Object)
                Sql.longs(java.util.Arrays.stream(ids).boxed().toList())));
    }
}
