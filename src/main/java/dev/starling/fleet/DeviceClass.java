package dev.starling.fleet;

/**
 * A kind of phone.
 *
 * @param share part of the fleet, above 0; the shares of all classes sum to 1
 * @param flopsPerSecond sustained in training, median of the class
 * @param downBytesPerSecond download bandwidth, median of the class
 * @param upBytesPerSecond upload bandwidth, median of the class
 * @param spread sigma of the log-normal factor by which a device's speed and bandwidths differ from the median, ≥ 0
 * @param dropOut probability that a device asked to work never reports, 0 to below 1
 * @param memoryBytes that training may take; a device that cannot hold the model and a batch is never asked
 */
public record DeviceClass(
        String name,
        double share,
        double flopsPerSecond,
        double downBytesPerSecond,
        double upBytesPerSecond,
        double spread,
        double dropOut,
        double memoryBytes,
        Power power) {

    /** What an app may take on a mid-range phone. */
    public static final double USUAL_MEMORY = 2e9;

    /** A class with the memory and power of a mid-range phone. */
    public DeviceClass(
            String name,
            double share,
            double flopsPerSecond,
            double downBytesPerSecond,
            double upBytesPerSecond,
            double spread,
            double dropOut) {
        this(
                name,
                share,
                flopsPerSecond,
                downBytesPerSecond,
                upBytesPerSecond,
                spread,
                dropOut,
                USUAL_MEMORY,
                Power.USUAL);
    }
}
