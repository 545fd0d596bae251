package dev.starling.store.sql;

/**
 * Which versions stay. Heads and tagged versions stay in any case, and so does what was written within the grace
 * period.
 *
 * @param keepLast versions of each device, at least 1
 * @param keepBases latest base versions of each run, at least 1
 * @param dependants what happens if a version that stays refers to one that could go
 * @param graceMillis by the database's clock; longer than any writing transaction takes
 */
public record Retention(int keepLast, int keepBases, Dependants dependants, long graceMillis) {

    /** What becomes of the reference of a version that stays. */
    public enum Dependants {
        /** It stays too. */
        HOLD,
        /** The version is kept as all its values from now on, and the reference goes. */
        MATERIALISE,
        /** The version is kept as a delta to the latest base from now on, and the reference goes. */
        REBASE
    }

    public Retention {
        if (keepLast < 1 || keepBases < 1 || graceMillis < 0) {
            throw new IllegalArgumentException("retention must keep at least 1 version per device and 1 base, and needs"
                    + " a grace period >= 0 ms, got " + keepLast + ", " + keepBases + " and " + graceMillis);
        }
    }

    /** Nothing is retired; only what no version refers to is swept. */
    public static Retention everything(long graceMillis) {
        return new Retention(Integer.MAX_VALUE, Integer.MAX_VALUE, Dependants.HOLD, graceMillis);
    }
}
