package dev.starling.store;

/** A stored model is not what was stored; it must not be used. */
public final class DamagedModelException extends RuntimeException {

    public static final int NO_VERSION = -1;

    private final int version;

    /** @param finding what is wrong with the file, with both roots if they differ */
    DamagedModelException(int version, String file, String finding) {
        super("base version " + version + " in " + file + " is damaged: " + finding
                + "; delete the file and run again from an earlier version");
        this.version = version;
    }

    private DamagedModelException(String message) {
        super(message);
        this.version = NO_VERSION;
    }

    /** The bytes of a stored version cannot be read; whoever asked for them knows which version that is. */
    public static DamagedModelException payload(String finding) {
        return new DamagedModelException("the stored bytes of a model are damaged: " + finding);
    }

    /** The base version that cannot be recovered; {@link #NO_VERSION} for bytes that do not say. */
    public int version() {
        return version;
    }
}
