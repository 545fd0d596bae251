package dev.starling.store;

/** A version that was asked for, or that another one refers to, is not in the store. */
public final class UnknownVersionException extends StoreException {

    private final VersionKey key;

    public UnknownVersionException(String run, VersionKey key, String context) {
        super("version " + key + " of run " + run + " is not in the store" + context);
        this.key = key;
    }

    public VersionKey key() {
        return key;
    }
}
