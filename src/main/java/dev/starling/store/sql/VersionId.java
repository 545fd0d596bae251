package dev.starling.store.sql;

import dev.starling.store.VersionKey;

/**
 * A version's primary key: run (12 bits), owner + 1 (28 bits), sequence (23 bits). One long per version keeps the
 * history of a device together on disk, makes "the latest until round r" a range, and needs no second index.
 */
final class VersionId {

    static final int MAX_RUN = (1 << 12) - 1;
    private static final int SEQUENCE_BITS = 23;
    private static final int OWNER_BITS = 28;

    private VersionId() {}

    static long of(int run, VersionKey key) {
        return (ownerOf(run, key.owner()) << SEQUENCE_BITS) | key.sequence();
    }

    /** A version's id without its sequence: the key of a head. */
    static long ownerOf(int run, int owner) {
        return ((long) run << OWNER_BITS) | (owner + 1);
    }

    static long ownerOf(long id) {
        return id >>> SEQUENCE_BITS;
    }

    static int run(long id) {
        return (int) (id >>> (OWNER_BITS + SEQUENCE_BITS));
    }

    static VersionKey key(long id) {
        int owner = (int) (ownerOf(id) & ((1 << OWNER_BITS) - 1)) - 1;
        return new VersionKey(owner, (int) (id & ((1 << SEQUENCE_BITS) - 1)));
    }
}
