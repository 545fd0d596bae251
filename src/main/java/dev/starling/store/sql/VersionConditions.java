package dev.starling.store.sql;

import dev.starling.store.VersionKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Where to look for versions, and which count.
 *
 * @param from after FROM, with what comes behind it
 * @param values of its parameters
 */
record VersionConditions(String from, List<Object> values) {

    VersionConditions {
        values = List.copyOf(values);
    }

    /** Looks all versions of {@code run}, or of the devices that {@code query} asks for, through in the order of ids. */
    static VersionConditions inOrder(int run, VersionQuery query) {
        int first = VersionKey.BASE;
        int last = VersionKey.MAX_OWNER;
        for (VersionQuery.Bound bound : query.bounds()) {
            if (bound.field() == VersionField.DEVICE) {
                double value = Math.max(VersionKey.BASE - 1.0, Math.min(VersionKey.MAX_OWNER + 1.0, bound.value()));
                first = bound.lower() ? Math.max(first, (int) Math.ceil(value)) : first;
                last = bound.lower() ? last : Math.min(last, (int) Math.floor(value));
            }
        }
        boolean none = first > last;
        List<Object> values = new ArrayList<>();
        values.add(none ? 1L : VersionId.of(run, new VersionKey(first, 0)));
        values.add(none ? 0L : VersionId.of(run, new VersionKey(last, VersionKey.MAX_SEQUENCE)));
        return new VersionConditions("version v WHERE v.id BETWEEN ? AND ?" + conditions(query, values), values);
    }

    /** Looks at nothing but fields, of all versions of {@code run}, in the order in which they were written. */
    static VersionConditions narrow(int run, VersionQuery query, Dialect dialect) {
        List<Object> values = new ArrayList<>();
        values.add(run);
        return new VersionConditions(
                dialect.fieldsOfVersions() + " WHERE v.run = ?" + conditions(query, values), values);
    }

    /** Whether {@code query} asks for versions that are found by their ids: of some devices, or with a tag. */
    static boolean foundByIds(VersionQuery query) {
        return query.tag().isPresent()
                || query.bounds().stream().anyMatch(bound -> bound.field() == VersionField.DEVICE);
    }

    private static String conditions(VersionQuery query, List<Object> values) {
        StringBuilder where = new StringBuilder();
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

    /** Those values and more. */
    Object[] with(Object... more) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(List.of(more));
        return all.toArray();
    }
}
