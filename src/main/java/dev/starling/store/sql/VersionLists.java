package dev.starling.store.sql;

import dev.starling.store.VersionKey;
import dev.starling.store.VersionRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Looks versions up without touching their values. */
record VersionLists(Connection connection, Documents documents, Dialect dialect) {

    /** So many results stay in memory; H2 writes more than 40,000 to disk. */
    private static final int FEW = 20_000;

    Optional<VersionRecord> find(long id) throws SQLException {
        return records("WHERE v.id = ?", id).stream().findFirst();
    }

    /** Few among millions are found where fields lie close together, in one pass; the first of many in the order of ids. */
    VersionPage page(int run, VersionQuery query) throws SQLException {
        VersionConditions where = VersionConditions.inOrder(run, query);
        if (VersionConditions.foundByIds(query)) {
            return new VersionPage(byId(ids(where, query)), count(run, query));
        }
        VersionConditions narrow = VersionConditions.narrow(run, query, dialect);
        List<Long> few = Sql.query(
                connection,
                "SELECT v.id FROM " + narrow.from() + " LIMIT ?",
                row -> row.getLong(1),
                narrow.with(FEW + 1));
        if (few.size() > FEW) {
            return new VersionPage(byId(ids(where, query)), count(run, query));
        }
        if (query.order() != VersionField.KEY) {
            return new VersionPage(byId(ids(narrow, query)), few.size());
        }
        Comparator<Long> order = query.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return new VersionPage(
                byId(few.stream()
                        .sorted(order)
                        .skip(query.offset())
                        .limit(query.limit())
                        .toList()),
                few.size());
    }

    private List<Long> ids(VersionConditions where, VersionQuery query) throws SQLException {
        if (query.order() != VersionField.KEY) {
            return new VersionRanking(connection, query).ids(where);
        }
        return Sql.query(
                connection,
                "SELECT v.id FROM " + where.from() + " ORDER BY v.id" + (query.descending() ? " DESC" : "")
                        + " LIMIT ? OFFSET ?",
                row -> row.getLong(1),
                where.with(query.limit(), query.offset()));
    }

    /** Keys alone, of millions if need be: nothing else of a version is read. */
    List<VersionKey> keys(int run, VersionQuery query) throws SQLException {
        VersionConditions where = VersionConditions.inOrder(run, query);
        return Sql.query(
                connection,
                "SELECT v.id FROM " + where.from() + " ORDER BY v.id",
                row -> VersionId.key(row.getLong(1)),
                where.with());
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
        VersionConditions where = VersionConditions.foundByIds(query)
                ? VersionConditions.inOrder(run, query)
                : VersionConditions.narrow(run, query, dialect);
        return Sql.number(connection, "SELECT COUNT(*) FROM " + where.from(), where.with());
    }

    /** The latest fleet time of creation, in milliseconds since 1970; 0 if there are no versions. */
    long latest(int run) throws SQLException {
        VersionConditions all = VersionConditions.narrow(run, VersionQuery.all(), dialect);
        return Sql.number(connection, "SELECT COALESCE(MAX(v.created), 0) FROM " + all.from(), all.with());
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
