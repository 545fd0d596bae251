package dev.starling.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/**
 * An H2 database of this process whose file could not be written. H2 2.5 keeps it, and refuses all use of it, until the last
 * connection is closed; and closing one that is within a transaction may never end: it waits, with a core, for a version that
 * no one will write. So the database itself is told to end, which only H2's own classes can do.
 */
final class LostDatabase {

    private LostDatabase() {}

    /** Whether the database of {@code connection} is of this process and could not write its file. */
    static boolean is(Connection connection) {
        try {
            return connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
                    && session.getDatabase().getStore().getMvStore().getPanicException() != null;
        } catch (SQLException e) {
            return false; // It is closed.
        }
    }

    /**
     * Has H2 close the file of {@code connection}'s database at once, without another write, and forget it; whoever connects next
     * opens the file anew. Does nothing if that was done, or if the database is of another process, whose matter it is.
     */
    static void abandon(Connection connection) {
        try {
            if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
                session.getDatabase().shutdownImmediately();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("not a connection to H2: " + connection, e);
        }
    }
}
