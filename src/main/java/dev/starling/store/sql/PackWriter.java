package dev.starling.store.sql;

import dev.starling.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes objects one behind the other into packs, and packs in blocks: a row per object with its bytes would cost more
 * time and space for small ones, and an object of any size fits. One per transaction.
 */
final class PackWriter {

    /** The unit of reading. H2 takes values up to 1 MB into a row. */
    static final int BLOCK_BYTES = 64 * 1024;

    /** A pack's blocks are numbered below this; ids of blocks are {@code pack * BLOCKS + number}. */
    static final int BLOCKS = 1 << 14;

    /** The largest object, and the largest pack: 1 GiB less a byte. */
    static final long MAX_BYTES = (long) BLOCKS * BLOCK_BYTES - 1;

    /** Objects of a pack are numbered below this; first ids of objects are {@code pack * OBJECTS + number}. */
    private static final int OBJECTS = 1 << 16;

    /** A pack ends with the object that fills this. */
    private static final int PACK_BYTES = 4 << 20;

    /** Where an object is. */
    record Place(long object, long pack, int start, int length) {}

    private record Entry(Bytes address, boolean shared, Place place) {}

    private final Connection connection;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final List<Entry> entries = new ArrayList<>();
    private long pack = -1;
    private int inPack;

    PackWriter(Connection connection) {
        this.connection = connection;
    }

    /**
     * Adds an object and gives its id, under which it is found after {@link #finish()}.
     *
     * @param shared whether it is to be found by its address, too
     */
    long add(byte[] address, byte[] object, boolean shared) throws SQLException {
        Place place = append(object);
        entries.add(new Entry(Bytes.of(address), shared, place));
        return place.object();
    }

    /** Writes what was added: pack, blocks, then the objects in the order of their addresses. */
    void finish() throws SQLException {
        flush();
        // Sorted, so that two writers with common objects wait for each other instead of in a circle.
        entries.sort((one, two) ->
                Arrays.compareUnsigned(one.address().toArray(), two.address().toArray()));
        Sql.batch(
                connection,
                "INSERT INTO object (id, address, shared, pack, start, length) VALUES (?, ?, ?, ?, ?, ?)",
                entries,
                (statement, entry) -> {
                    statement.setLong(1, entry.place().object());
                    statement.setBytes(2, entry.address().toArray());
                    statement.setBytes(3, entry.shared() ? entry.address().toArray() : null);
                    statement.setLong(4, entry.place().pack());
                    statement.setInt(5, entry.place().start());
                    statement.setInt(6, entry.place().length());
                });
        entries.clear();
    }

    /** Adds bytes without naming them as a new object: for objects that move. */
    Place append(byte[] object) throws SQLException {
        if (object.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a payload must have at most " + MAX_BYTES + " bytes, got " + object.length);
        }
        if (pack >= 0
                && (content.size() >= PACK_BYTES
                        || inPack == OBJECTS
                        || content.size() + (long) object.length > MAX_BYTES)) {
            flush();
        }
        if (pack < 0) {
            pack = Sql.number(connection, "SELECT nextval('pack_id')");
        }
        Place place = new Place(pack * OBJECTS + inPack++, pack, content.size(), object.length);
        content.writeBytes(object);
        return place;
    }

    /** Writes the pack that is being filled. */
    void flush() throws SQLException {
        if (pack < 0) {
            return;
        }
        byte[] bytes = content.toByteArray();
        long now = Database.now(connection);
        Sql.update(
                connection, "INSERT INTO pack (id, bytes, written) VALUES (?, ?, ?)", pack, (long) bytes.length, now);
        List<Integer> starts = IntStream.iterate(0, from -> from < bytes.length, from -> from + BLOCK_BYTES)
                .boxed()
                .toList();
        long first = pack * BLOCKS;
        Sql.batch(connection, "INSERT INTO block (id, content) VALUES (?, ?)", starts, (statement, from) -> {
            statement.setLong(1, first + from / BLOCK_BYTES);
            statement.setBytes(2, Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + BLOCK_BYTES)));
        });
        content.reset();
        inPack = 0;
        pack = -1;
    }
}
