package dev.starling.store.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The mark phase: which versions stay, which go, and which of those that stay must be kept in another form because
 * what they refer to goes. Pure: versions are ids, references are ids, and a reference is always the smaller id.
 */
final class RetentionPlan {

    private static final long NONE = -1;

    private final long[] ids;
    private final long[] references;
    private final boolean[] kept;

    /**
     * @param ids of all versions, ascending
     * @param references of the versions; -1 for none
     * @param pinned ids that stay whatever their age: heads, tagged, within the grace period
     */
    RetentionPlan(long[] ids, long[] references, Set<Long> pinned, Retention retention) {
        this.ids = ids;
        this.references = references;
        this.kept = new boolean[ids.length];
        int later = 0;
        for (int i = ids.length - 1; i >= 0; i--) {
            boolean sameOwner = i + 1 < ids.length && VersionId.ownerOf(ids[i]) == VersionId.ownerOf(ids[i + 1]);
            later = sameOwner ? later + 1 : 0;
            int last = VersionId.key(ids[i]).isBase() ? retention.keepBases() : retention.keepLast();
            kept[i] = later < last || pinned.contains(ids[i]);
        }
        if (retention.dependants() == Retention.Dependants.HOLD) {
            hold(Set.copyOf(Arrays.stream(ids).boxed().toList()));
        }
    }

    /** What the kept ones among {@code dependants} refer to stays, and what that refers to. */
    void hold(Set<Long> dependants) {
        boolean[] holds = new boolean[ids.length];
        for (int i = ids.length - 1; i >= 0; i--) {
            if (kept[i] && (holds[i] || dependants.contains(ids[i])) && references[i] != NONE) {
                int reference = Arrays.binarySearch(ids, references[i]);
                if (reference >= 0) {
                    kept[reference] = true;
                    holds[reference] = true;
                }
            }
        }
    }

    /** Versions that go, the latest first: dependants before what they refer to. */
    List<Long> doomed() {
        List<Long> doomed = new ArrayList<>();
        for (int i = ids.length - 1; i >= 0; i--) {
            if (!kept[i]) {
                doomed.add(ids[i]);
            }
        }
        return doomed;
    }

    /** Versions that stay but refer to one that goes. */
    List<Long> converted() {
        List<Long> converted = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            if (kept[i] && references[i] != NONE) {
                int reference = Arrays.binarySearch(ids, references[i]);
                if (reference >= 0 && !kept[reference]) {
                    converted.add(ids[i]);
                }
            }
        }
        return converted;
    }
}
