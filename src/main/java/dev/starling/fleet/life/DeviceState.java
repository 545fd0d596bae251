package dev.starling.fleet.life;

/** All that can be asked about a device at one moment, found out. */
public record DeviceState(
        boolean online, boolean idle, boolean charging, boolean unmetered, boolean optedOut, double battery)
        implements Circumstances {

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
