package dev.starling.store;

/** A version was written again, but with other values: same key, same seed must mean same bits. */
public final class VersionConflictException extends StoreException {

    private final VersionKey key;

    public VersionConflictException(String run, VersionKey key, ModelRoot stored, ModelRoot offered) {
        super("version " + key + " of run " + run + " is in the store with root " + stored
                + " and cannot be written again with root " + offered);
        this.key = key;
    }

    public VersionKey key() {
        return key;
    }
}
