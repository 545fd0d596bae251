package dev.starling.store;

/** A stored model is not what was stored; it must not be used. */
public final class DamagedModelException extends RuntimeException {

    private final int version;

    /** @param finding what is wrong with the file, with both roots if they differ */
    DamagedModelException(int version, String file, String finding) {
        super("base version " + version + " in " + file + " is damaged: " + finding
                + "; delete the file and run again from an earlier version");
        this.version = version;
    }

    /** The base version that cannot be recovered. */
    public int version() {
        return version;
    }
}
