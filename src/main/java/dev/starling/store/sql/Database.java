package dev.starling.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Connections, transactions, and what their failures mean. Safe to use from many threads. */
final class Database implements AutoCloseable {

    /** A transaction that lost against a concurrent one is done again this often before the store counts as busy. */
    private static final int ATTEMPTS = 8;

    /** What is done within one transaction: may be done several times, and must not keep what it saw of a failed one. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private final StoreSettings settings;
    private final Dialect dialect;
    private volatile HikariDataSource pool;

    Database(StoreSettings settings, Dialect dialect) {
        this.settings = settings;
        this.dialect = dialect;
        this.pool = connect();
    }

    private HikariDataSource connect() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.timeoutMillis());
        config.setInitializationFailTimeout(-1);
        config.setPoolName("model-store");
        if (dialect == Dialect.POSTGRESQL) {
            config.addDataSourceProperty("reWriteBatchedInserts", "true");
            config.addDataSourceProperty("tcpKeepAlive", "true");
        }
        return new HikariDataSource(config);
    }

    Dialect dialect() {
        return dialect;
    }

    StoreSettings settings() {
        return settings;
    }

    /** Reads and writes what is committed; done again if a concurrent transaction was in the way. */
    <T> T transaction(Work<T> work) {
        return run(work, Connection.TRANSACTION_READ_COMMITTED, ATTEMPTS);
    }

    /** Sees one state of the whole store from beginning to end. */
    <T> T snapshot(Work<T> work) {
        return run(work, Connection.TRANSACTION_REPEATABLE_READ, 1);
    }

    private <T> T run(Work<T> work, int isolation, int attempts) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = pool.getConnection()) {
                connection.setTransactionIsolation(isolation);
                connection.setAutoCommit(false);
                try {
                    T result = work.in(connection);
                    connection.commit();
                    if (isolation == Connection.TRANSACTION_READ_COMMITTED) {
                        dialect.makeDurable(connection);
                    }
                    return result;
                } catch (SQLException | RuntimeException e) {
                    rollback(connection, e);
                    throw e;
                }
            } catch (SQLException e) {
                if (attempt >= attempts || !Failures.isContention(e)) {
                    throw Failures.of(settings.place(), e);
                }
            }
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Shrinks what is on disk; not an H2 store that somebody else uses. Says whether it did. */
    synchronized boolean compact() {
        try {
            // Connections of this pool would look like somebody else's.
            pool.close();
            try (Connection connection =
                    DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
                boolean alone = dialect == Dialect.POSTGRESQL || Dialect.sessions(connection) == 1;
                if (alone) {
                    dialect.compact(connection);
                }
                return alone;
            }
        } catch (SQLException e) {
            throw Failures.of(settings.place(), e);
        } finally {
            pool = connect();
        }
    }

    /** Milliseconds of the database's clock, the same for all who use it. */
    static long now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
