package dev.starling.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The latest version of each owner. A head only ever rises, in whatever order batches come in. */
record Heads(Connection connection) {

    /** Makes {@code versions} the heads of their owners where they are later than what is there. */
    void raise(List<Long> versions) throws SQLException {
        Map<Long, Long> latest = new TreeMap<>();
        versions.forEach(id -> latest.merge(VersionId.ownerOf(id), id, Math::max));
        Set<Long> known = new HashSet<>();
        for (List<Long> part : Sql.parts(List.copyOf(latest.keySet()))) {
            known.addAll(Sql.query(
                    connection, "SELECT owner FROM head WHERE owner = ANY (?)", row -> row.getLong(1), (Object)
                            Sql.longs(part)));
        }
        List<Map.Entry<Long, Long>> risen = new ArrayList<>();
        List<Map.Entry<Long, Long>> first = new ArrayList<>();
        latest.entrySet().forEach(head -> (known.contains(head.getKey()) ? risen : first).add(head));
        Sql.batch(
                connection, "UPDATE head SET version = ? WHERE owner = ? AND version < ?", risen, (statement, head) -> {
                    statement.setLong(1, head.getValue());
                    statement.setLong(2, head.getKey());
                    statement.setLong(3, head.getValue());
                });
        Sql.batch(connection, "INSERT INTO head (owner, version) VALUES (?, ?)", first, (statement, head) -> {
            statement.setLong(1, head.getKey());
            statement.setLong(2, head.getValue());
        });
    }
}
