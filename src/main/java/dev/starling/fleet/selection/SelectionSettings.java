package dev.starling.fleet.selection;

/**
 * How a round chooses among the devices that can be asked.
 *
 * @param pool the strategy looks at this many times the devices asked, at least 1
 * @param oort only for that strategy
 */
public record SelectionSettings(Kind kind, double pool, OortSettings oort) {

    /** Which strategy. */
    public enum Kind {
        UNIFORM,
        BY_SIZE,
        LEAST_RECENTLY_USED,
        ROUND_ROBIN,
        POWER_OF_CHOICE,
        OORT
    }

    public static final SelectionSettings UNIFORM = new SelectionSettings(Kind.UNIFORM, 1, OortSettings.PAPER);

    /** Whether the loss of each reporter has to reach the coordinator. */
    public boolean needsLosses() {
        return kind == Kind.POWER_OF_CHOICE || kind == Kind.OORT;
    }

    /** Whether what devices did before matters. */
    boolean needsPast() {
        return needsLosses() || kind == Kind.LEAST_RECENTLY_USED;
    }
}
