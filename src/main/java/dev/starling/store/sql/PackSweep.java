package dev.starling.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sweep phase: objects that no version refers to, packs without objects, packs with little left in them. */
final class PackSweep {

    /** Bytes moved in one transaction. */
    private static final long MOVED_BYTES = 4 << 20;

    private record Sparse(long pack, long live) {}

    private record Move(long object, PackWriter.Place place) {}

    private final Database database;
    private final long graceMillis;

    PackSweep(Database database, long graceMillis) {
        this.database = database;
        this.graceMillis = graceMillis;
    }

    /** Deletes objects in packs older than the grace period to which no version refers; says how many. */
    long sweepObjects() {
        long swept = 0;
        long after = -1;
        while (true) {
            long from = after;
            List<Long> orphans = database.read(connection -> orphansAfter(connection, from));
            if (orphans.isEmpty()) {
                return swept;
            }
            swept += database.transaction(connection -> sweep(connection, orphans));
            after = orphans.get(orphans.size() - 1);
        }
    }

    private List<Long> orphansAfter(Connection connection, long id) throws SQLException {
        return Sql.query(
                connection,
                "SELECT o.id FROM object o JOIN pack p ON p.id = o.pack WHERE o.id > ? AND p.written <= ?"
                        + " AND NOT EXISTS (SELECT 1 FROM version v WHERE v.object = o.id) ORDER BY o.id LIMIT "
                        + Sql.BATCH,
                row -> row.getLong(1),
                id,
                cutoff(connection));
    }

    /** Locks first: whoever wanted to refer to one of them has done so, or will find it gone. */
    private static int sweep(Connection connection, List<Long> orphans) throws SQLException {
        long[] ids = Sql.longs(orphans);
        Sql.query(
                connection,
                "SELECT id FROM object WHERE id = ANY (?) ORDER BY address FOR UPDATE",
                row -> row.getLong(1),
                (Object) ids);
        return Sql.update(
                connection,
                "DELETE FROM object WHERE id = ANY (?)"
                        + " AND NOT EXISTS (SELECT 1 FROM version v WHERE v.object = object.id)",
                (Object) ids);
    }

    /** Moves what is alive out of packs that are less than half alive; says how many packs are gone thereby. */
    long rewritePacks() {
        List<Sparse> sparse = database.read(connection -> Sql.query(
                connection,
                "SELECT p.id, SUM(o.length) FROM pack p JOIN object o ON o.pack = p.id WHERE p.written <= ?"
                        + " GROUP BY p.id, p.bytes HAVING SUM(o.length) * 2 < p.bytes ORDER BY p.id",
                row -> new Sparse(row.getLong(1), row.getLong(2)),
                cutoff(connection)));
        List<Long> group = new ArrayList<>();
        long bytes = 0;
        for (Sparse pack : sparse) {
            group.add(pack.pack());
            bytes += pack.live();
            if (bytes >= MOVED_BYTES) {
                rewrite(List.copyOf(group));
                group.clear();
                bytes = 0;
            }
        }
        rewrite(List.copyOf(group));
        return sparse.size();
    }

    private void rewrite(List<Long> packs) {
        database.transaction(connection -> {
            ObjectReader reader = new ObjectReader(connection);
            PackWriter writer = new PackWriter(connection);
            List<Move> moves = new ArrayList<>();
            for (long pack : packs) {
                Sql.query(
                        connection,
                        "SELECT id FROM object WHERE pack = ? ORDER BY address FOR UPDATE",
                        row -> row.getLong(1),
                        pack);
                List<ObjectReader.Entry> entries = reader.entriesOfPack(pack);
                Map<Long, byte[]> contents = reader.read(entries);
                if (contents.size() < entries.size()) {
                    continue; // A block is missing: left for fsck to see.
                }
                for (ObjectReader.Entry entry : entries) {
                    moves.add(new Move(entry.id(), writer.append(contents.getOrDefault(entry.id(), new byte[0]))));
                }
            }
            writer.flush();
            Sql.batch(connection, "UPDATE object SET pack = ?, start = ? WHERE id = ?", moves, (statement, move) -> {
                statement.setLong(1, move.place().pack());
                statement.setInt(2, move.place().start());
                statement.setLong(3, move.object());
            });
            return delete(connection, packs);
        });
    }

    /** Deletes packs older than the grace period in which no object is left; says how many. */
    long sweepPacks() {
        List<Long> empty = database.read(connection -> Sql.query(
                connection,
                "SELECT p.id FROM pack p WHERE p.written <= ?"
                        + " AND NOT EXISTS (SELECT 1 FROM object o WHERE o.pack = p.id)",
                row -> row.getLong(1),
                cutoff(connection)));
        for (List<Long> part : Sql.parts(empty)) {
            database.transaction(connection -> delete(connection, part));
        }
        return empty.size();
    }

    /** No object ever comes to an old pack: one that has none can go, whoever writes meanwhile. */
    private static int delete(Connection connection, List<Long> packs) throws SQLException {
        List<Long> empty = Sql.query(
                connection,
                "SELECT p.id FROM pack p WHERE p.id = ANY (?)"
                        + " AND NOT EXISTS (SELECT 1 FROM object o WHERE o.pack = p.id)",
                row -> row.getLong(1),
                (Object) Sql.longs(packs));
        for (long pack : empty) {
            long first = pack * PackWriter.BLOCKS;
            Sql.update(connection, "DELETE FROM block WHERE id BETWEEN ? AND ?", first, first + PackWriter.BLOCKS - 1);
        }
        return Sql.update(connection, "DELETE FROM pack WHERE id = ANY (?)", (Object) Sql.longs(empty));
    }

    private long cutoff(Connection connection) throws SQLException {
        return Database.now(connection) - graceMillis;
    }
}
