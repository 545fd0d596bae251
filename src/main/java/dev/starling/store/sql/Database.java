package dev.starling.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.starling.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections, transactions, and what their failures mean. Safe to use from many threads. */
final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** A transaction that lost against a concurrent one is done again this often before the store counts as busy. */
    private static final int ATTEMPTS = 8;

    /** What is done within one transaction: may be done several times, and must not keep what it saw of a failed one. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private final StoreSettings settings;
    private final Dialect dialect;
    private final DiskRoom room;
    private final WriteLimits limits;
    private volatile HikariDataSource pool;
    private volatile boolean lost;
    private volatile int openings;
    private volatile boolean written;

    Database(StoreSettings settings, Dialect dialect) {
        this.settings = settings;
        this.dialect = dialect;
        this.room = DiskRoom.of(settings);
        this.limits = new WriteLimits(settings.timeoutMillis());
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
            // Else what fails repeats all that was to be written, in hexadecimal digits: whole models.
            config.addDataSourceProperty("logServerErrorDetail", "false");
            config.setConnectionInitSql(limits.sessionSettings());
        }
        return new HikariDataSource(config);
    }

    Dialect dialect() {
        return dialect;
    }

    StoreSettings settings() {
        return settings;
    }

    /** Reads and writes what is committed, and is on disk when this returns; done again if a concurrent one was in the way. */
    <T> T transaction(Work<T> work) {
        written = true;
        return run(work, Connection.TRANSACTION_READ_COMMITTED, ATTEMPTS, true);
    }

    /** Reads what is committed: nothing has to reach the disk. */
    <T> T read(Work<T> work) {
        return run(work, Connection.TRANSACTION_READ_COMMITTED, ATTEMPTS, false);
    }

    /** Sees one state of the whole store from beginning to end. */
    <T> T snapshot(Work<T> work) {
        return run(work, Connection.TRANSACTION_REPEATABLE_READ, 1, false);
    }

    private <T> T run(Work<T> work, int isolation, int attempts, boolean durable) {
        for (int attempt = 1; ; attempt++) {
            if (durable) {
                room.require(settings.place());
            }
            int opening = openings;
            HikariDataSource from = pool();
            try (Lease lease = new Lease(from.getConnection())) {
                Connection connection = lease.connection;
                Optional<Future<?>> limit = Optional.empty();
                try {
                    if (durable && dialect == Dialect.POSTGRESQL) {
                        limit = Optional.of(limits.begin(connection));
                    }
                    // These commit what was before: they may be the only ones whom H2 tells that the database is lost.
                    connection.setTransactionIsolation(isolation);
                    connection.setAutoCommit(false);
                    T result = work.in(connection);
                    connection.commit();
                    if (durable) {
                        dialect.makeDurable(connection);
                    }
                    return result;
                } catch (SQLException | RuntimeException e) {
                    lease.lost = isLost(e) || isLost(connection) || !rollback(connection, e);
                    if (lease.lost) {
                        giveUp(from, connection, e);
                    }
                    throw e;
                } finally {
                    limit.ifPresent(waiting -> waiting.cancel(false));
                }
            } catch (SQLException e) {
                if (opening != openings && !Failures.isLost(e)) {
                    String given = "model store " + settings.place() + " was given up meanwhile: ";
                    throw new StoreUnavailableException(given + Failures.firstLine(e), e);
                }
                if (attempt >= attempts || !Failures.isContention(e)) {
                    throw Failures.of(settings.place(), e);
                }
            }
        }
    }

    private static boolean isLost(Exception failure) {
        return failure instanceof SQLException sql && Failures.isLost(sql);
    }

    /** Whether another thread heard of it: H2 tells of a failure in its background only once. */
    private boolean isLost(Connection connection) {
        return dialect == Dialect.H2 && LostDatabase.is(connection);
    }

    /**
     * H2 could not write its file, or the process that has it is gone: there are nothing but errors over the connections that
     * there are. Whoever comes next, and finds room on the disk, opens the file anew; what was confirmed is there.
     */
    private synchronized void giveUp(HikariDataSource from, Connection connection, Exception cause) {
        try {
            LostDatabase.abandon(connection);
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
        if (pool == from && !lost) {
            LOG.warn("model store {} is lost, and will be opened anew", settings.place());
            openings++; // First: nobody may take what was seen before for what will be there then.
            lost = true;
            from.close();
        }
    }

    private HikariDataSource pool() {
        return lost ? openedAnew() : pool;
    }

    private synchronized HikariDataSource openedAnew() {
        if (lost) {
            pool = connect();
            lost = false;
        }
        return pool;
    }

    /**
     * How often H2 has lost the database: what others had committed by then, and was not yet confirmed to them, may be gone, and
     * its ids given to something else.
     */
    int openings() {
        return openings;
    }

    /** A connection of the pool. One whose database H2 has lost is kept: rolling it back, as the pool would, may never end. */
    private static final class Lease implements AutoCloseable {

        private final Connection connection;
        private boolean lost;

        Lease(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void close() throws SQLException {
            if (!lost) {
                connection.close();
            }
        }
    }

    /** Whether {@code connection} can be used again. */
    private static boolean rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException e) {
            cause.addSuppressed(e);
            return !Failures.isLost(e);
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
            lost = false;
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

    /** Ends all connections. Whoever is the last, and has written, leaves a file without holes if that is quick. */
    @Override
    public void close() {
        pool.close();
        limits.close();
        if (written && dialect == Dialect.H2) {
            try (Connection connection =
                    DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
                if (Dialect.sessions(connection) == 1 && dialect.isWorthCompacting(connection)) {
                    dialect.compact(connection);
                }
            } catch (SQLException e) {
                LOG.warn("model store {} is closed as it is, with holes: {}", settings.place(), Failures.firstLine(e));
            }
        }
    }
}
