package dev.starling.store.sql;

import java.util.List;

/**
 * What a check of a whole store found. Orphans are not a problem: the next sweep takes them.
 *
 * @param quick whether values were left alone: then {@code verified} is 0
 * @param verified versions whose values were recovered and have their root
 * @param recipes versions that only a replay, or the replay of a reference, could verify
 * @param orphans objects that no version refers to
 * @param found problems in all
 * @param problems the first of them
 */
public record FsckReport(
        boolean quick,
        long objects,
        long objectBytes,
        long versions,
        long verified,
        long recipes,
        long heads,
        long orphans,
        long orphanBytes,
        long found,
        List<Problem> problems) {

    /** What can be wrong. */
    public enum Kind {
        DAMAGED_OBJECT,
        MISSING_OBJECT,
        MISSING_BLOCK,
        DAMAGED_LAYOUT,
        DAMAGED_PIPELINE,
        DAMAGED_STATE,
        DAMAGED_VERSION,
        BROKEN_CHAIN,
        WRONG_HEAD,
        LOST_TAG
    }

    /**
     * Something that is wrong.
     *
     * @param subject the version, object or head
     */
    public record Problem(Kind kind, String subject, String finding) {

        @Override
        public String toString() {
            return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ": " + subject + ": " + finding;
        }
    }

    public boolean clean() {
        return found == 0;
    }
}
