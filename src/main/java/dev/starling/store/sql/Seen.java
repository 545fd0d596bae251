package dev.starling.store.sql;

import java.util.function.Supplier;

/**
 * What was seen in a database, and holds for as long as that is not opened anew; then nothing was seen. Whoever reads, and
 * remembers what was read, takes {@link #now()} before: what comes of a database that is lost meanwhile is then remembered by
 * nobody.
 */
final class Seen<T> {

    private record Since<T>(int opening, T what) {}

    private final Database database;
    private final Supplier<T> nothing;
    private volatile Since<T> since;

    /** @param nothing makes an empty memory, for many threads */
    Seen(Database database, Supplier<T> nothing) {
        this.database = database;
        this.nothing = nothing;
        this.since = new Since<>(database.openings(), nothing.get());
    }

    T now() {
        Since<T> known = since;
        return known.opening() == database.openings() ? known.what() : forgotten();
    }

    private synchronized T forgotten() {
        int opening = database.openings();
        if (since.opening() != opening) {
            since = new Since<>(opening, nothing.get());
        }
        return since.what();
    }
}
