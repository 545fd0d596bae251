package dev.starling.store.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.model.TensorLayout;
import dev.starling.model.TensorSpec;
import dev.starling.store.DamagedModelException;
import dev.starling.store.Pipeline;
import dev.starling.store.PipelineText;
import dev.starling.store.PipelineTree;
import dev.starling.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Layouts and pipelines: few, shared by many versions; so what was seen once is remembered, until a writer finds that it was
 * swept. Ids are never used again. A layout's address is the hash of its text, a pipeline's is its root.
 */
final class Documents {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Pipelines' ids by root, layouts' ids, and the other way round. */
    private record Known(
            Map<String, Integer> ids,
            Map<TensorLayout, Integer> layoutIds,
            Map<Integer, TensorLayout> layouts,
            Map<Integer, String> addresses) {
        Known() {
            this(
                    new ConcurrentHashMap<>(),
                    new ConcurrentHashMap<>(),
                    new ConcurrentHashMap<>(),
                    new ConcurrentHashMap<>());
        }
    }

    private final Database database;
    private final Seen<Known> seen;

    Documents(Database database) {
        this.database = database;
        this.seen = new Seen<>(database, Known::new);
    }

    int idOf(TensorLayout layout) {
        return seen.now().layoutIds().computeIfAbsent(layout, asked -> {
            try {
                byte[] text = JSON.writeValueAsBytes(asked.tensors());
                return idOf(Addresses.hex(Addresses.of(text)), text);
            } catch (JsonProcessingException e) {
                throw new StoreException("a layout cannot be written as JSON: " + asked, e);
            }
        });
    }

    int idOf(Pipeline pipeline) {
        String root = PipelineTree.of(pipeline).root();
        return seen.now()
                .ids()
                .computeIfAbsent(
                        root, address -> idOf(address, PipelineText.of(pipeline).getBytes(StandardCharsets.UTF_8)));
    }

    /** In a transaction of its own: a document that no version refers to in the end does no harm. */
    private int idOf(String address, byte[] content) {
        byte[] key = Addresses.bytes(address);
        String select = "SELECT id FROM document WHERE address = ?";
        List<Integer> known =
                database.read(connection -> Sql.query(connection, select, row -> row.getInt(1), (Object) key));
        if (!known.isEmpty()) {
            return known.get(0);
        }
        return database.transaction(connection -> {
            List<Integer> found = Sql.query(connection, select, row -> row.getInt(1), (Object) key);
            if (found.isEmpty()) {
                Sql.update(connection, "INSERT INTO document (address, content) VALUES (?, ?)", key, content);
                found = Sql.query(connection, select, row -> row.getInt(1), (Object) key);
            }
            return found.get(0);
        });
    }

    /** What is not there any more is no longer remembered: the next who asks for its id writes it again. */
    void forget(Set<Integer> swept) {
        Known known = seen.now();
        known.ids().values().removeAll(swept);
        known.layoutIds().values().removeAll(swept);
        known.layouts().keySet().removeAll(swept);
        known.addresses().keySet().removeAll(swept);
    }

    /** The layout with this id; throws StoreException if it is not there or not what was written. */
    TensorLayout layout(Connection connection, int id) throws SQLException {
        Map<Integer, TensorLayout> layouts = seen.now().layouts();
        TensorLayout known = layouts.get(id);
        if (known == null) {
            known = read(connection, id);
            layouts.put(id, known);
        }
        return known;
    }

    /** As {@link #layout}, but from the database in any case. */
    static TensorLayout read(Connection connection, int id) throws SQLException {
        List<TensorLayout> rows = Sql.query(
                connection,
                "SELECT address, content FROM document WHERE id = ?",
                row -> parsed(id, Addresses.hex(row.getBytes(1)), row.getBytes(2)),
                id);
        if (rows.isEmpty()) {
            throw new StoreException("layout " + id + " is missing");
        }
        return rows.get(0);
    }

    private static TensorLayout parsed(int id, String address, byte[] content) {
        String actual = Addresses.hex(Addresses.of(content));
        if (!actual.equals(address)) {
            throw new StoreException(
                    "layout " + id + " is damaged: its address must be " + address + ", its text has " + actual);
        }
        try {
            return new TensorLayout(JSON.readValue(content, new TypeReference<List<TensorSpec>>() {}));
        } catch (IOException e) {
            throw new StoreException("layout " + id + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads the pipeline with this id from the database; throws StoreException if it is not there or not what was written. */
    static void verifyPipeline(Connection connection, int id) throws SQLException {
        List<Pipeline> rows = Sql.query(
                connection,
                "SELECT address, content FROM document WHERE id = ?",
                row -> parsed(Addresses.hex(row.getBytes(1)), new String(row.getBytes(2), StandardCharsets.UTF_8)),
                id);
        if (rows.isEmpty()) {
            throw new StoreException("pipeline " + id + " is missing");
        }
    }

    /** The root of the pipeline with this id. */
    String pipelineRoot(Connection connection, int id) throws SQLException {
        Map<Integer, String> addresses = seen.now().addresses();
        String known = addresses.get(id);
        if (known == null) {
            List<String> found = Sql.query(
                    connection, "SELECT address FROM document WHERE id = ?", row -> Addresses.hex(row.getBytes(1)), id);
            if (found.isEmpty()) {
                throw new StoreException("pipeline " + id + " is missing");
            }
            known = found.get(0);
            addresses.put(id, known);
        }
        return known;
    }

    /** The pipeline with this root, if the store has it; throws StoreException if its text is not what was written. */
    Optional<Pipeline> pipeline(String root) {
        return database.read(connection -> Sql.query(
                        connection,
                        "SELECT content FROM document WHERE address = ?",
                        row -> parsed(root, new String(row.getBytes(1), StandardCharsets.UTF_8)),
                        (Object) Addresses.bytes(root))
                .stream()
                .findFirst());
    }

    private static Pipeline parsed(String root, String text) {
        String actual;
        try {
            Pipeline pipeline = PipelineText.read(text);
            actual = PipelineTree.of(pipeline).root();
            if (actual.equals(root)) {
                return pipeline;
            }
        } catch (DamagedModelException | IllegalArgumentException e) {
            throw new StoreException("pipeline " + root + " cannot be read: " + e.getMessage(), e);
        }
        throw new StoreException("pipeline " + root + " is damaged: its text has the root " + actual);
    }
}
