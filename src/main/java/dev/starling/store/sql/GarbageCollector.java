package dev.starling.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Retires versions and sweeps what nobody refers to, while others read and write. Each step is a transaction of its
 * own: it locks rows first and looks at who refers to them only then, so that a writer either sees them gone or keeps
 * them; killed anywhere, the next collection goes on.
 */
final class GarbageCollector {

    private final Database database;
    private final Conversion conversion;
    private final Retention retention;

    GarbageCollector(Database database, Conversion conversion, Retention retention) {
        this.database = database;
        this.conversion = conversion;
        this.retention = retention;
    }

    /** @param compact whether free space is to be given back to the file system, if nobody else uses the store */
    GcReport collect(boolean compact) {
        long versions = number("SELECT COUNT(*) FROM version");
        long bytesBefore = packBytes();
        long diskBefore = database.read(database.dialect()::diskBytes);
        RetentionPlan plan = database.snapshot(this::plan);
        List<Long> changing = plan.converted();
        Set<Long> unchanged = conversion.convert(changing, retention.dependants());
        plan.hold(unchanged);
        long retired = 0;
        for (List<Long> part : Sql.parts(plan.doomed())) {
            retired += database.transaction(connection -> retire(connection, part));
        }
        PackSweep sweep = new PackSweep(database, retention.graceMillis());
        long objects = sweep.sweepObjects();
        long rewritten = sweep.rewritePacks();
        long packs = sweep.sweepPacks();
        long documents = new DocumentSweep(database).sweep();
        boolean compacted = compact && database.compact();
        return new GcReport(
                versions,
                retired,
                changing.size() - unchanged.size(),
                unchanged.size(),
                objects,
                packs + rewritten,
                rewritten,
                documents,
                bytesBefore,
                packBytes(),
                diskBefore,
                database.read(database.dialect()::diskBytes),
                compacted);
    }

    /** What a collection would do now. */
    GcPreview preview() {
        return database.snapshot(connection -> {
            RetentionPlan plan = plan(connection);
            List<Long> doomed = plan.doomed();
            long bytes = 0;
            String sum = "SELECT COALESCE(SUM(bytes), 0) FROM version WHERE id = ANY (?)";
            for (List<Long> part : Sql.parts(doomed)) {
                bytes += Sql.number(connection, sum, (Object) Sql.longs(part));
            }
            return new GcPreview(
                    Sql.number(connection, "SELECT COUNT(*) FROM version"),
                    doomed.size(),
                    plan.converted().size(),
                    bytes);
        });
    }

    private RetentionPlan plan(Connection connection) throws SQLException {
        int count = (int) Sql.number(connection, "SELECT COUNT(*) FROM version");
        long[] ids = new long[count];
        long[] references = new long[count];
        Set<Long> pinned = new HashSet<>(Sql.query(connection, "SELECT version FROM head", row -> row.getLong(1)));
        pinned.addAll(Sql.query(connection, "SELECT version FROM tag", row -> row.getLong(1)));
        long cutoff = Database.now(connection) - retention.graceMillis();
        String page = "SELECT id, COALESCE(reference, -1), written FROM version WHERE id > ? ORDER BY id LIMIT 10000";
        record Row(long id, long reference, long written) {}
        int filled = 0;
        while (filled < count) {
            long after = filled == 0 ? -1 : ids[filled - 1];
            for (Row row : Sql.query(
                    connection, page, rows -> new Row(rows.getLong(1), rows.getLong(2), rows.getLong(3)), after)) {
                ids[filled] = row.id();
                references[filled++] = row.reference();
                if (row.written() > cutoff) {
                    pinned.add(row.id());
                }
            }
        }
        return new RetentionPlan(ids, references, pinned, retention);
    }

    /** Deletes those of {@code doomed} that nobody has come to depend on, or tagged, in the meantime. */
    private static int retire(Connection connection, List<Long> doomed) throws SQLException {
        Set<Long> going = new HashSet<>(Sql.query(
                connection,
                "SELECT id FROM version WHERE id = ANY (?) ORDER BY id FOR UPDATE",
                row -> row.getLong(1),
                (Object) Sql.longs(doomed)));
        going.removeAll(
                Sql.query(connection, "SELECT version FROM tag WHERE version = ANY (?)", row -> row.getLong(1), (Object)
                        Sql.longs(going)));
        record Link(long id, long reference) {}
        List<Link> links = Sql.query(
                connection,
                "SELECT id, reference FROM version WHERE reference = ANY (?)",
                row -> new Link(row.getLong(1), row.getLong(2)),
                (Object) Sql.longs(going));
        // From the latest: a dependant that stays makes its reference stay, which may be a dependant itself.
        List<Link> latestFirst = new ArrayList<>(links);
        latestFirst.sort((one, two) -> Long.compare(two.id(), one.id()));
        for (Link link : latestFirst) {
            if (!going.contains(link.id())) {
                going.remove(link.reference());
            }
        }
        new DeviceStates(connection).delete(going);
        return Sql.update(connection, "DELETE FROM version WHERE id = ANY (?)", (Object) Sql.longs(going));
    }

    private long packBytes() {
        return number("SELECT COALESCE(SUM(bytes), 0) FROM pack");
    }

    private long number(String sql) {
        return database.read(connection -> Sql.number(connection, sql));
    }
}
