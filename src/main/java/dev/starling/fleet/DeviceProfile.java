package dev.starling.fleet;

/** What one device can do: its class's figures times the device's own factors. Units as in {@link DeviceClass}. */
public record DeviceProfile(
        String className,
        double flopsPerSecond,
        double downBytesPerSecond,
        double upBytesPerSecond,
        double dropOut,
        double memoryBytes,
        Power power) {

    /** A device with the memory and power of a mid-range phone. */
    public DeviceProfile(
            String className,
            double flopsPerSecond,
            double downBytesPerSecond,
            double upBytesPerSecond,
            double dropOut) {
        this(
                className,
                flopsPerSecond,
                downBytesPerSecond,
                upBytesPerSecond,
                dropOut,
                DeviceClass.USUAL_MEMORY,
                Power.USUAL);
    }
}
