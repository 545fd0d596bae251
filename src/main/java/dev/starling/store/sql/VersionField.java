package dev.starling.store.sql;

/** What versions can be filtered and ordered by. */
public enum VersionField {
    /** Run, owner and sequence in turn: the order of the store itself. */
    KEY("v.id", false),
    DEVICE("v.owner", false),
    /** Version number of a base, round of a personal model. */
    SEQUENCE("v.sequence", false),
    /** Base version that the training started from. */
    BASE("v.recipe_base", false),
    /** Fleet time of creation, in milliseconds since 1970. */
    CREATED("v.created", false),
    /** Bytes of the payload. */
    BYTES("v.bytes", false),
    CHAIN("v.chain", false),
    EXAMPLES("v.examples", false),
    LOSS("v.loss", true),
    ACCURACY_BEFORE("v.accuracy_before", true),
    ACCURACY_AFTER("v.accuracy_after", true);

    private final String column;
    private final boolean fraction;

    VersionField(String column, boolean fraction) {
        this.column = column;
        this.fraction = fraction;
    }

    String column() {
        return column;
    }

    /** A value to compare with, of the column's own type: an index is not used across types. */
    Number value(double bound, boolean lower) {
        if (fraction) {
            return bound;
        }
        return (long) (lower ? Math.ceil(bound) : Math.floor(bound));
    }
}
