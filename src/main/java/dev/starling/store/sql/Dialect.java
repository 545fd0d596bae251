package dev.starling.store.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The few things that the two databases say differently. */
enum Dialect {
    H2("FOR UPDATE", " USE INDEX (version_fields)"),
    POSTGRESQL("FOR SHARE", "");

    private static final List<String> TABLES =
            List.of("run", "document", "pack", "block", "object", "version", "head", "tag", "device_state");

    /** An H2 file up to this is not worth a second of anybody's time. */
    private static final long SMALL_BYTES = 4L << 20;

    /** Content that is copied into a new file in a few seconds. */
    private static final long QUICK_BYTES = 512L << 20;

    /** The share of content in a file below which it is copied. */
    private static final double WORN = 0.8;

    /** Keeps rows from being deleted until the transaction ends. */
    private final String hold;

    /** Has {@link VersionField}s of versions read where they lie close together. */
    private final String narrow;

    Dialect(String hold, String narrow) {
        this.hold = hold;
        this.narrow = narrow;
    }

    static Optional<Dialect> of(String url) {
        if (url.startsWith("jdbc:h2:")) {
            return Optional.of(H2);
        }
        return url.startsWith("jdbc:postgresql:") ? Optional.of(POSTGRESQL) : Optional.empty();
    }

    String hold() {
        return hold;
    }

    /** The versions, for a query that reads nothing of them but fields. */
    String fieldsOfVersions() {
        return "version v" + narrow;
    }

    /**
     * What was committed over {@code connection} is on disk after this. H2 hands a commit to threads of its own and returns
     * before it is written, and a checkpoint waits for them only if there is something that they have not been handed: a
     * row that is locked for a moment. They work in order, so what came before is written too.
     */
    void makeDurable(Connection connection) throws SQLException {
        if (this == H2) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1 FROM \"flyway_schema_history\" FETCH FIRST ROW ONLY FOR UPDATE");
                statement.execute("CHECKPOINT SYNC");
            }
            connection.rollback();
        }
    }

    /** Connections to an H2 database, of whatever process. */
    static long sessions(Connection connection) throws SQLException {
        return number(connection, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS");
    }

    /** What the store occupies on disk, with indexes and what the database has not given back yet. */
    long diskBytes(Connection connection) throws SQLException {
        if (this == H2) {
            return setting(connection, "info.FILE_SIZE");
        }
        long bytes = 0;
        for (String table : TABLES) {
            bytes += number(connection, "SELECT pg_total_relation_size('" + table + "')");
        }
        return bytes;
    }

    /** Whether an H2 file has more holes than content and {@link #compact} would be done with it in a few seconds. */
    boolean isWorthCompacting(Connection connection) throws SQLException {
        long bytes = diskBytes(connection);
        double live = percent(connection, "info.FILL_RATE") * percent(connection, "info.CHUNKS_FILL_RATE");
        return bytes > SMALL_BYTES && live * bytes < QUICK_BYTES && live < WORN;
    }

    /** Gives free space back to the file system; writers wait. On H2 this closes the database. */
    void compact(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (this == H2) {
                statement.execute("SHUTDOWN COMPACT");
            } else {
                for (String table : TABLES) {
                    statement.execute("VACUUM (FULL, ANALYZE) " + table);
                }
            }
        }
    }

    /** A share of 1. */
    private static double percent(Connection connection, String name) throws SQLException {
        return setting(connection, name) / 100.0;
    }

    private static long setting(Connection connection, String name) throws SQLException {
        return number(
                connection,
                "SELECT CAST(SETTING_VALUE AS BIGINT) FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = '" + name
                        + "'");
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
