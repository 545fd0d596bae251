package dev.starling.store;

import java.util.Optional;

/** A version cannot be recovered as it was saved; what came out must not be used. */
public final class CorruptVersionException extends StoreException {

    private final VersionKey key;
    private final Optional<String> tensor;

    private CorruptVersionException(String run, VersionKey key, Optional<String> tensor, String finding) {
        super("version " + key + " of run " + run + " is damaged: " + finding);
        this.key = key;
        this.tensor = tensor;
    }

    /** Its values have another root than was saved. */
    public static CorruptVersionException otherRoot(
            String run, VersionKey key, Optional<String> tensor, ModelRoot saved, ModelRoot recovered) {
        String where = tensor.map(name -> "tensor " + name).orElse("a tensor");
        return new CorruptVersionException(
                run,
                key,
                tensor,
                where + " is not what was saved; its root must be " + saved + ", its values have " + recovered);
    }

    /** Its values cannot even be read; {@code finding} names the payload. */
    public static CorruptVersionException unreadable(String run, VersionKey key, ModelRoot saved, String finding) {
        return new CorruptVersionException(
                run, key, Optional.empty(), finding + "; its root must be " + saved + ", no values could be read");
    }

    /** The version that is damaged: the one asked for, or one that it refers to. */
    public VersionKey key() {
        return key;
    }

    /** The first tensor that differs, if the values could be read. */
    public Optional<String> tensor() {
        return tensor;
    }
}
