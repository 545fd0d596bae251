package dev.starling.store.sql;

import dev.starling.store.VersionRecord;
import java.util.List;

/**
 * A page of a list.
 *
 * @param versions of this page, in the order that was asked for
 * @param total how many versions are in the range, on whatever page
 */
public record VersionPage(List<VersionRecord> versions, long total) {

    static final VersionPage NONE = new VersionPage(List.of(), 0);

    public VersionPage {
        versions = List.copyOf(versions);
    }
}
