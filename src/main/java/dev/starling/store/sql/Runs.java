package dev.starling.store.sql;

import dev.starling.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Runs by name. A run's number never changes, so what was seen once is remembered. */
final class Runs {

    private static final int MAX_NAME = 200;

    private final Database database;
    private final Seen<Map<String, Integer>> seen;

    Runs(Database database) {
        this.database = database;
        this.seen = new Seen<>(database, ConcurrentHashMap::new);
    }

    /** The number of the run with this name, which begins to be if need be. */
    int numberOf(String name) {
        Map<String, Integer> numbers = seen.now();
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "a run's name must have 1 to " + MAX_NAME + " characters, got " + name.length());
        }
        int number = database.transaction(connection -> {
            Optional<Integer> found = find(connection, name);
            if (found.isPresent()) {
                return found.get();
            }
            int next = (int) Sql.number(connection, "SELECT COALESCE(MAX(id), -1) + 1 FROM run");
            if (next > VersionId.MAX_RUN) {
                throw new StoreException("a model store holds at most " + (VersionId.MAX_RUN + 1) + " runs");
            }
            Sql.update(
                    connection,
                    "INSERT INTO run (id, name, written) VALUES (?, ?, ?)",
                    next,
                    name,
                    Database.now(connection));
            return next;
        });
        numbers.put(name, number);
        return number;
    }

    /** The number of the run with this name, if the store has it. */
    Optional<Integer> find(Connection connection, String name) throws SQLException {
        Map<String, Integer> numbers = seen.now();
        Integer known = numbers.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Integer> found =
                Sql.query(connection, "SELECT id FROM run WHERE name = ?", row -> row.getInt(1), name).stream()
                        .findFirst();
        found.ifPresent(number -> numbers.put(name, number));
        return found;
    }

    /** Names by number. */
    static Map<Integer, String> names(Connection connection) throws SQLException {
        Map<Integer, String> names = new TreeMap<>();
        Sql.query(connection, "SELECT id, name FROM run", row -> names.put(row.getInt(1), row.getString(2)));
        return names;
    }

    List<String> names() {
        return database.read(connection -> List.copyOf(names(connection).values()));
    }
}
