package dev.starling.store.sql;

import dev.starling.store.StoreException;
import dev.starling.store.StoreUnavailableException;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;

/** What an SQLException means to who uses the store. */
final class Failures {

    /** Serialization failure, deadlock, a unique key that a concurrent writer took, lock not available in time. */
    private static final Set<String> CONTENTION = Set.of("40001", "40P01", "23505", "55P03", "HYT00");

    /** PostgreSQL is shutting down, crashed or starting, or has ended a session that was silent within a transaction. */
    private static final Set<String> GOING = Set.of("57P01", "57P02", "57P03", "25P03", "57P05");

    /** H2: closed, in use by a process that does not share it, connection broken, called at shutdown, I/O error. */
    private static final Set<Integer> H2_GONE = Set.of(90007, 90020, 90028, 90031, 90067, 90098, 90108, 90121);

    /** H2: anything without a number of its own. */
    private static final int H2_GENERAL = 50000;

    /** What H2 says of a file that it could not write, also to a process that shares it: that one hears no more than this. */
    private static final String H2_WRITING = "MVStoreException: Writing to";

    private Failures() {}

    /** Whether the same transaction may succeed if it is done again at once. */
    static boolean isContention(SQLException failure) {
        return CONTENTION.contains(state(failure))
                || failure.getErrorCode() == 90131
                || failure.getErrorCode() == 90112;
    }

    /** Whether the database is not there, rather than in disagreement. */
    static boolean isUnavailable(SQLException failure) {
        String state = state(failure);
        return state.startsWith("08")
                || state.startsWith("53")
                || GOING.contains(state)
                || H2_GONE.contains(failure.getErrorCode())
                || failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException;
    }

    /**
     * Whether H2 has lost the database beneath the connection, or the process that has its file: the connection is of no more
     * use, and the file must be opened anew.
     */
    static boolean isLost(SQLException failure) {
        return H2_GONE.contains(failure.getErrorCode()) || ofDisk(failure).isPresent();
    }

    /** What the disk said, if H2 could not write to it. */
    static Optional<String> ofDisk(SQLException failure) {
        if (failure.getErrorCode() != H2_GENERAL) {
            return Optional.empty();
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return Optional.of(String.valueOf(io.getMessage()));
            }
        }
        String told = firstLine(failure);
        return told.contains(H2_WRITING) ? Optional.of(told) : Optional.empty();
    }

    static StoreException of(String place, SQLException failure) {
        String reason = firstLine(failure);
        Optional<String> disk = ofDisk(failure);
        if (disk.isPresent()) {
            return new StoreUnavailableException("model store " + place + " cannot be written: " + disk.get(), failure);
        }
        if (isUnavailable(failure)) {
            return new StoreUnavailableException("model store " + place + " cannot be reached: " + reason, failure);
        }
        if (isContention(failure)) {
            return new StoreUnavailableException("model store " + place + " is too busy: " + reason, failure);
        }
        return new StoreException("model store " + place + ": " + reason, failure);
    }

    /** Of a batch, what its first statement that failed says. */
    static String firstLine(SQLException failure) {
        SQLException next = failure instanceof BatchUpdateException ? failure.getNextException() : null;
        String message = (next == null ? failure : next).getMessage();
        return message == null
                ? failure.toString()
                : message.lines().findFirst().orElse("");
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }
}
