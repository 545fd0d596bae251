package dev.starling.store.sql;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Cuts objects out of their packs, reading only the blocks that they lie in. */
record ObjectReader(Connection connection) {

    /**
     * An object's row.
     *
     * @param address in hexadecimal
     */
    record Entry(long id, String address, long pack, int start, int length) {

        long firstBlock() {
            return pack * PackWriter.BLOCKS + start / PackWriter.BLOCK_BYTES;
        }

        long lastBlock() {
            return pack * PackWriter.BLOCKS + (start + (long) length - 1) / PackWriter.BLOCK_BYTES;
        }
    }

    private static final String SELECT = "SELECT id, address, pack, start, length FROM object ";

    /** Blocks that are held in memory at a time: 16 MiB. */
    private static final int BLOCKS_AT_A_TIME = 256;

    /** One object; empty if it, or a block of it, is missing. In one statement, so that a sweep cannot come between. */
    Optional<byte[]> read(long id) throws SQLException {
        record Range(int start, int length) {}
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        List<Range> parts = Sql.query(
                connection,
                "SELECT o.start, o.length, b.content FROM object o JOIN block b"
                        + " ON b.id BETWEEN o.pack * " + PackWriter.BLOCKS + " + o.start / " + PackWriter.BLOCK_BYTES
                        + " AND o.pack * " + PackWriter.BLOCKS + " + (o.start + o.length - 1) / "
                        + PackWriter.BLOCK_BYTES + " WHERE o.id = ? ORDER BY b.id",
                row -> {
                    content.writeBytes(row.getBytes(3));
                    return new Range(row.getInt(1), row.getInt(2));
                },
                id);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        return cut(
                content.toByteArray(),
                parts.get(0).start() % PackWriter.BLOCK_BYTES,
                parts.get(0).length());
    }

    /** Rows of objects with id above {@code after}, in order, at most {@link Sql#BATCH}. */
    List<Entry> entriesAfter(long after) throws SQLException {
        return Sql.query(connection, SELECT + "WHERE id > ? ORDER BY id LIMIT " + Sql.BATCH, this::entry, after);
    }

    /** Rows of the objects in {@code pack}, as they lie there. */
    List<Entry> entriesOfPack(long pack) throws SQLException {
        return Sql.query(connection, SELECT + "WHERE pack = ? ORDER BY start", this::entry, pack);
    }

    List<Entry> entries(Collection<Long> ids) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        for (List<Long> part : Sql.parts(List.copyOf(new TreeSet<>(ids)))) {
            entries.addAll(Sql.query(connection, SELECT + "WHERE id = ANY (?)", this::entry, (Object) Sql.longs(part)));
        }
        return entries;
    }

    private Entry entry(java.sql.ResultSet row) throws SQLException {
        return new Entry(row.getLong(1), Addresses.hex(row.getBytes(2)), row.getLong(3), row.getInt(4), row.getInt(5));
    }

    /** Contents of {@code entries} by id, without those that miss a block; all are in memory at once. */
    Map<Long, byte[]> read(List<Entry> entries) throws SQLException {
        SortedSet<Long> ids = new TreeSet<>();
        for (Entry entry : entries) {
            for (long block = entry.firstBlock(); block <= entry.lastBlock(); block++) {
                ids.add(block);
            }
        }
        Map<Long, byte[]> blocks = new HashMap<>();
        List<Long> wanted = List.copyOf(ids);
        for (int from = 0; from < wanted.size(); from += BLOCKS_AT_A_TIME) {
            List<Long> part = wanted.subList(from, Math.min(wanted.size(), from + BLOCKS_AT_A_TIME));
            Sql.query(
                    connection,
                    "SELECT id, content FROM block WHERE id = ANY (?)",
                    row -> blocks.put(row.getLong(1), row.getBytes(2)),
                    (Object) Sql.longs(part));
        }
        Map<Long, byte[]> contents = new HashMap<>();
        for (Entry entry : entries) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (long block = entry.firstBlock(); block <= entry.lastBlock(); block++) {
                content.writeBytes(blocks.getOrDefault(block, new byte[0]));
            }
            cut(content.toByteArray(), entry.start() % PackWriter.BLOCK_BYTES, entry.length())
                    .ifPresent(bytes -> contents.put(entry.id(), bytes));
        }
        return contents;
    }

    private static Optional<byte[]> cut(byte[] content, int start, int length) {
        return content.length < start + length
                ? Optional.empty()
                : Optional.of(java.util.Arrays.copyOfRange(content, start, start + length));
    }
}
