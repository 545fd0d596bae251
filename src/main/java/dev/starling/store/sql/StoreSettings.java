package dev.starling.store.sql;

import dev.starling.base.InputException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a model store is and how to reach it.
 *
 * @param url JDBC URL of an H2 or PostgreSQL database
 * @param place what errors call it: the directory or URL that the user gave, without a password
 * @param poolSize connections at most
 * @param timeoutMillis after which a database that does not answer counts as unavailable
 * @param mustExist whether opening a store that is not there is an error rather than its creation
 */
public record StoreSettings(
        String url, String place, String user, String password, int poolSize, long timeoutMillis, boolean mustExist) {

    /** The file within a directory, without the suffix that H2 gives it. */
    private static final String FILE = "models";

    private static final int POOL_SIZE = 4;
    private static final long TIMEOUT_MILLIS = 5_000;

    public StoreSettings {
        if (poolSize < 1 || timeoutMillis < 250) {
            throw new IllegalArgumentException(
                    "a store needs a pool of at least 1 connection and a timeout of at least " + "250 ms, got "
                            + poolSize + " and " + timeoutMillis);
        }
    }

    /** The store in {@code directory}: an H2 file that all JVMs of this machine can share. */
    public static StoreSettings directory(Path directory) {
        String file = directory.toAbsolutePath().normalize().resolve(FILE).toString();
        if (file.contains(";")) {
            throw new InputException(directory.toString(), "a model store's directory must not contain ';'");
        }
        // The server for other JVMs; committed means written; wait for another writer instead of failing at once. H2's
        // retention time stays as it is: with less, a killed process loses transactions that were confirmed.
        String url = "jdbc:h2:file:" + file + ";AUTO_SERVER=TRUE;WRITE_DELAY=0;LOCK_TIMEOUT=10000";
        return new StoreSettings(url, directory.toString(), "starling", "", POOL_SIZE, TIMEOUT_MILLIS, false);
    }

    /** The store at a {@code jdbc:postgresql:} or {@code jdbc:h2:} URL. */
    public static StoreSettings url(String url, String user, String password) {
        String place = url.replaceAll("(?i)(password=)[^&;]*", "$1…");
        if (Dialect.of(url).isEmpty()) {
            throw new InputException(place, "a model store's URL must start with jdbc:postgresql: or jdbc:h2:");
        }
        return new StoreSettings(url, place, user, password, POOL_SIZE, TIMEOUT_MILLIS, false);
    }

    /** A directory or a URL, as people give it on the command line. */
    public static StoreSettings of(String directoryOrUrl, String user, String password) {
        return directoryOrUrl.startsWith("jdbc:")
                ? url(directoryOrUrl, user, password)
                : directory(Path.of(directoryOrUrl));
    }

    /** These settings for a store that must be there already. */
    public StoreSettings existing() {
        return new StoreSettings(url, place, user, password, poolSize, timeoutMillis, true);
    }

    public StoreSettings withPool(int connections, long timeout) {
        return new StoreSettings(url, place, user, password, connections, timeout, mustExist);
    }

    /** Whether {@code directory} holds a store's file. */
    public static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(FILE + ".mv.db"));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return place + " as " + user;
    }
}
