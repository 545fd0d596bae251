package dev.starling.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The first versions in the order of some field, of however many: one pass over them in the order in which they lie, that
 * remembers no more than are asked for. H2 would sort them all, on disk.
 */
record VersionRanking(Connection connection, VersionQuery query) {

    /** Versions per query: H2 keeps results of up to 40,000 rows in memory. */
    private static final int PAGE = 20_000;

    private record Ranked(long id, double value) {}

    /** @param where which versions; those without the field are left out */
    List<Long> ids(VersionConditions where) throws SQLException {
        Comparator<Ranked> order = Comparator.comparingDouble(Ranked::value).thenComparingLong(Ranked::id);
        Comparator<Ranked> wanted = query.descending() ? order.reversed() : order;
        long most = (long) query.offset() + query.limit();
        PriorityQueue<Ranked> first = new PriorityQueue<>(wanted.reversed());
        String page = "SELECT v.id, " + query.order().column() + " FROM " + where.from() + " AND v.id > ? AND "
                + query.order().column() + " IS NOT NULL ORDER BY v.id LIMIT " + PAGE;
        long last = -1;
        List<Ranked> rows;
        do {
            rows = Sql.query(connection, page, row -> new Ranked(row.getLong(1), row.getDouble(2)), where.with(last));
            for (Ranked row : rows) {
                first.add(row);
                if (first.size() > most) {
                    first.remove();
                }
                last = row.id();
            }
        } while (rows.size() == PAGE);
        List<Ranked> ranked = new ArrayList<>(first);
        ranked.sort(wanted);
        return ranked.stream().skip(query.offset()).map(Ranked::id).toList();
    }
}
