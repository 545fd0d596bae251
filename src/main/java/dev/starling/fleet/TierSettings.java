package dev.starling.fleet;

/**
 * Groups of devices with base models of their own.
 *
 * @param by what makes a group
 * @param rounds R ≥ 1: the groups' bases become one every R rounds; {@link #NEVER}: they stay several
 */
public record TierSettings(By by, int rounds) {

    /** The bases of the groups are never merged. */
    public static final int NEVER = Integer.MAX_VALUE;

    /** What makes a group. */
    public enum By {
        /** The regions of the fleet. */
        REGION,
        /** The hardware classes of the fleet. */
        CLASS
    }
}
