package dev.starling.store;

/** A version is kept as its recipe only, and whoever asks has no data to execute it on. */
public final class ReplayNeededException extends StoreException {

    private final VersionKey key;

    public ReplayNeededException(String run, VersionKey key) {
        super("version " + key + " of run " + run + " is kept as a recipe: it can only be trained again where device "
                + key.owner() + "'s data is; raw data stays home");
        this.key = key;
    }

    /** The version that must be replayed: the one asked for, or one that it refers to. */
    public VersionKey key() {
        return key;
    }
}
