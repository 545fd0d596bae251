package dev.starling.fleet.life;

/**
 * What eligibility can ask about a device at one moment.
 *
 * @param online whether it can be reached at all
 * @param idle nobody is using it
 * @param charging on a charger
 * @param unmetered on a network that bills no bytes
 * @param optedOut its owner does not want it to take part
 * @param battery charge, 0 to 1, in whole percents as phones report it
 */
public record DeviceState(
        boolean online, boolean idle, boolean charging, boolean unmetered, boolean optedOut, double battery) {

    /** A device that is always there and ready. */
    public static final DeviceState READY = new DeviceState(true, true, true, true, false, 1);

    /** Nothing is known of it. */
    public static final DeviceState OFFLINE = new DeviceState(false, false, false, false, false, 1);

    /** The same device after its battery gave {@code share} of its capacity; a charger replaces it at once. */
    DeviceState drained(double share) {
        return charging || share <= 0
                ? this
                : new DeviceState(online, idle, false, unmetered, optedOut, Math.max(0, battery - share));
    }
}
