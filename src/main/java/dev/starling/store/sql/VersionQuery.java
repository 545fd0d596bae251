package dev.starling.store.sql;

import dev.starling.store.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which versions of a run to list, and in which order. Versions that lack a field are
 * in no range of it, and in no list that is ordered by it.
 *
 * @param bounds all must hold
 * @param limit versions at most
 * @param offset versions to leave out first
 */
public record VersionQuery(
        List<Bound> bounds,
        Optional<Form> form,
        Optional<String> tag,
        VersionField order,
        boolean descending,
        int limit,
        int offset) {

    /** {@code field ≥ value} if {@code lower}, else {@code field ≤ value}. */
    public record Bound(VersionField field, boolean lower, double value) {}

    public VersionQuery {
        bounds = List.copyOf(bounds);
        if (limit < 0 || offset < 0) {
            throw new IllegalArgumentException("limit and offset must be >= 0, got " + limit + " and " + offset);
        }
    }

    /** Everything, in the order of keys. */
    public static VersionQuery all() {
        return new VersionQuery(
                List.of(), Optional.empty(), Optional.empty(), VersionField.KEY, false, Integer.MAX_VALUE, 0);
    }

    public VersionQuery atLeast(VersionField field, double value) {
        return and(new Bound(field, true, value));
    }

    public VersionQuery atMost(VersionField field, double value) {
        return and(new Bound(field, false, value));
    }

    public VersionQuery between(VersionField field, double least, double most) {
        return atLeast(field, least).atMost(field, most);
    }

    private VersionQuery and(Bound bound) {
        List<Bound> more = new ArrayList<>(bounds);
        more.add(bound);
        return new VersionQuery(more, form, tag, order, descending, limit, offset);
    }

    public VersionQuery of(Form kept) {
        return new VersionQuery(bounds, Optional.of(kept), tag, order, descending, limit, offset);
    }

    public VersionQuery tagged(String name) {
        return new VersionQuery(bounds, form, Optional.of(name), order, descending, limit, offset);
    }

    public VersionQuery by(VersionField field, boolean largestFirst) {
        return new VersionQuery(bounds, form, tag, field, largestFirst, limit, offset);
    }

    public VersionQuery page(int size, int from) {
        return new VersionQuery(bounds, form, tag, order, descending, size, from);
    }
}
