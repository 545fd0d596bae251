package dev.starling.store.sql;

import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Looks versions up without touching their values. */
record VersionLists(Connection connection, Documents documents) {

    /** Versions from id {@code first} to {@code last}; none if that is less. */
    private record Ids(long first, long last) {

        private static final Ids NONE = new Ids(1, 0);
    }

    Optional<VersionRecord> find(long id) throws SQLException {
        return records("WHERE v.id = ?", id).stream().findFirst();
    }

    List<VersionRecord> list(int run, VersionQuery query) throws SQLException {
        List<Object> values = new ArrayList<>();
        String where = where(ids(run, query), query, values);
        if (query.order() != VersionField.KEY) {
            return byId(new VersionRanking(connection, query).ids(where, values));
        }
        values.add(query.limit());
        values.add(query.offset());
        List<Long> ids = Sql.query(
                connection,
                "SELECT v.id FROM version v " + where + " ORDER BY v.id" + (query.descending() ? " DESC" : "")
                        + " LIMIT ? OFFSET ?",
                row -> row.getLong(1),
                values.toArray());
        return byId(ids);
    }

    /** Keys alone, of millions if need be: nothing else of a version is read. */
    List<VersionKey> keys(int run, VersionQuery query) throws SQLException {
        List<Object> values = new ArrayList<>();
        String where = where(ids(run, query), query, values);
        return Sql.query(
                connection,
                "SELECT v.id FROM version v " + where + " ORDER BY v.id",
                row -> VersionId.key(row.getLong(1)),
                values.toArray());
    }

    /**
     * Versions whose root starts with {@code digits}, at most 64 hexadecimal ones. Roots have no index, so all versions of the
     * run are looked at.
     */
    List<VersionRecord> rooted(int run, String digits, int limit) throws SQLException {
        return byId(Sql.query(
                connection,
                "SELECT v.id FROM version v WHERE v.id BETWEEN ? AND ? AND v.root BETWEEN ? AND ? ORDER BY v.id LIMIT ?",
                row -> row.getLong(1),
                VersionId.of(run, new VersionKey(VersionKey.BASE, 0)),
                VersionId.of(run, new VersionKey(VersionKey.MAX_OWNER, VersionKey.MAX_SEQUENCE)),
                Addresses.bytes(padded(digits, "0")),
                Addresses.bytes(padded(digits, "f")),
                limit));
    }

    private static String padded(String digits, String with) {
        return digits + with.repeat(2 * 32 - digits.length());
    }

    /** Records in the order of {@code ids}. */
    private List<VersionRecord> byId(List<Long> ids) throws SQLException {
        Map<Long, VersionRecord> found = new HashMap<>();
        for (List<Long> part : Sql.parts(ids)) {
            for (VersionRecord record : records("WHERE v.id = ANY (?)", (Object) Sql.longs(part))) {
                found.put(VersionId.of(VersionId.run(part.get(0)), record.key()), record);
            }
        }
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(found.get(id)).stream())
                .toList();
    }

    long count(int run, VersionQuery query) throws SQLException {
        List<Object> values = new ArrayList<>();
        String where = where(ids(run, query), query, values);
        return Sql.number(connection, "SELECT COUNT(*) FROM version v " + where, values.toArray());
    }

    /** The conditions of {@code query}. Fields have no index: versions are looked through in the order in which they lie. */
    private static String where(Ids ids, VersionQuery query, List<Object> values) {
        StringBuilder where = new StringBuilder("WHERE v.id BETWEEN ? AND ?");
        values.add(ids.first());
        values.add(ids.last());
        for (VersionQuery.Bound bound : query.bounds()) {
            // Devices are in the range of ids.
            if (bound.field() != VersionField.DEVICE) {
                where.append(" AND ").append(bound.field().column()).append(bound.lower() ? " >= ?" : " <= ?");
                values.add(bound.field().value(bound.value(), bound.lower()));
            }
        }
        query.form().ifPresent(form -> {
            where.append(" AND v.form = ?");
            values.add(form.code());
        });
        query.tag().ifPresent(tag -> {
            where.append(" AND v.id IN (SELECT version FROM tag WHERE name = ?)");
            values.add(tag);
        });
        return where.toString();
    }

    /** All of the run, or of the devices that {@code query} asks for. */
    private static Ids ids(int run, VersionQuery query) {
        int first = VersionKey.BASE;
        int last = VersionKey.MAX_OWNER;
        for (VersionQuery.Bound bound : query.bounds()) {
            if (bound.field() == VersionField.DEVICE) {
                double value = Math.max(VersionKey.BASE - 1.0, Math.min(VersionKey.MAX_OWNER + 1.0, bound.value()));
                first = bound.lower() ? Math.max(first, (int) Math.ceil(value)) : first;
                last = bound.lower() ? last : Math.min(last, (int) Math.floor(value));
            }
        }
        return first > last
                ? Ids.NONE
                : new Ids(
                        VersionId.of(run, new VersionKey(first, 0)),
                        VersionId.of(run, new VersionKey(last, VersionKey.MAX_SEQUENCE)));
    }

    /** The latest version of each owner, bases first. */
    List<VersionRecord> heads(int run, int limit, int offset) throws SQLException {
        return byId(Sql.query(
                connection,
                "SELECT version FROM head WHERE owner BETWEEN ? AND ? ORDER BY owner LIMIT ? OFFSET ?",
                row -> row.getLong(1),
                VersionId.ownerOf(run, VersionKey.BASE),
                VersionId.ownerOf(run, VersionKey.MAX_OWNER),
                limit,
                offset));
    }

    /** The version with the largest sequence up to {@code sequence}. */
    Optional<VersionRecord> at(int run, int owner, int sequence) throws SQLException {
        return records(
                        "WHERE v.id BETWEEN ? AND ? ORDER BY v.id DESC LIMIT 1",
                        VersionId.of(run, new VersionKey(owner, 0)),
                        VersionId.of(run, new VersionKey(owner, sequence)))
                .stream()
                .findFirst();
    }

    private List<VersionRecord> records(String rest, Object... parameters) throws SQLException {
        List<VersionRow> rows = Sql.query(connection, VersionRow.SELECT + rest, VersionRow::read, parameters);
        Map<Long, SortedSet<String>> tags = new HashMap<>();
        for (List<VersionRow> part : Sql.parts(rows)) {
            long[] ids = part.stream().mapToLong(VersionRow::id).toArray();
            Sql.query(
                    connection,
                    "SELECT version, name FROM tag WHERE version = ANY (?)",
                    row -> tags.computeIfAbsent(row.getLong(1), id -> new TreeSet<>())
                            .add(row.getString(2)),
                    (Object) ids);
        }
        List<VersionRecord> records = new ArrayList<>();
        for (VersionRow row : rows) {
            records.add(row.record(connection, documents, tags.getOrDefault(row.id(), new TreeSet<>())));
        }
        return records;
    }
}
