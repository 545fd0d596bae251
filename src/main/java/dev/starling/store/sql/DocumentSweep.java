package dev.starling.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Deletes layouts and pipelines that no version refers to. Writers remember the ids of documents: each locks those that its
 * batch refers to before it writes, and one that finds a document gone writes it again ({@link BatchWriter}).
 */
record DocumentSweep(Database database) {

    private static final String UNUSED = " id NOT IN (SELECT layout FROM version)"
            + " AND id NOT IN (SELECT pipeline FROM version WHERE pipeline IS NOT NULL)";

    /** Says how many are gone. */
    long sweep() {
        List<Long> unused = database.read(connection -> Sql.query(
                connection, "SELECT id FROM document WHERE" + UNUSED + " ORDER BY id", row -> row.getLong(1)));
        long swept = 0;
        for (List<Long> part : Sql.parts(unused)) {
            swept += database.transaction(connection -> sweep(connection, part));
        }
        return swept;
    }

    /** Locks first: whoever has come to refer to one of them has written so by then, or will find it gone. */
    private static int sweep(Connection connection, List<Long> unused) throws SQLException {
        long[] ids = Sql.longs(unused);
        Sql.query(
                connection,
                "SELECT id FROM document WHERE id = ANY (?) ORDER BY id FOR UPDATE",
                row -> row.getLong(1),
                (Object) ids);
        return Sql.update(connection, "DELETE FROM document WHERE id = ANY (?) AND" + UNUSED, (Object) ids);
    }
}
