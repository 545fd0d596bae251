package dev.starling.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a transaction that writes to a PostgreSQL server may take: it, or what lies between, may have stopped without
 * closing the connection. Long enough for a disk that stalls, as what is given up is done again from the beginning; a
 * minute and five with the usual timeout. Reads have no limit: queries of whole stores may be silent for long.
 */
final class WriteLimits implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WriteLimits.class);

    /** For an answer, times the timeout of connections. */
    private static final int ANSWER = 12;

    /** For all of a transaction: no answer is waited for while the server does not take what is sent. */
    private static final int TRANSACTION = 5 * ANSWER;

    private final long timeoutMillis;
    private final ScheduledThreadPoolExecutor timer;

    /** @param timeoutMillis after which a database that cannot be connected to counts as unavailable */
    WriteLimits(long timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "starling-store-limits");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * What new sessions begin with: a wait for a lock ends at the server before it is given up here, and so does a transaction
     * whose client is gone without a word, which would hold its locks for hours.
     */
    String sessionSettings() {
        return "SET lock_timeout = " + ANSWER * timeoutMillis / 2 + "; SET idle_in_transaction_session_timeout = "
                + TRANSACTION * timeoutMillis;
    }

    /** A transaction begins; it has ended when what is returned is cancelled. The pool takes the limit of answers back. */
    ScheduledFuture<?> begin(Connection connection) throws SQLException {
        int given = connection.getNetworkTimeout();
        int limit = (int) Math.min(Integer.MAX_VALUE, ANSWER * timeoutMillis);
        connection.setNetworkTimeout(Runnable::run, given > 0 ? Math.min(given, limit) : limit);
        return timer.schedule(() -> abort(connection), TRANSACTION * timeoutMillis, TimeUnit.MILLISECONDS);
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("the connection is closed already", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
