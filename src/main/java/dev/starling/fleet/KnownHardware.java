package dev.starling.fleet;

/**
 * Kinds of phone to start from, by name. Orders of magnitude, not measurements: sustained training speed is far below
 * the peak that data sheets give, and bandwidths are what Wi-Fi at home leaves to one app.
 */
public enum KnownHardware {
    /** A top model of the last two years. */
    FLAGSHIP,
    /** What most people have. */
    MID_RANGE,
    /** A cheap new phone. */
    BUDGET,
    /** Six years old and more. */
    OLD,
    /** A larger battery and a faster chip, mostly at home. */
    TABLET;

    /** Of the median device; without name and share. */
    public DeviceClass figures() {
        return switch (this) {
            case FLAGSHIP -> of(8e9, 12e6, 4e6, 0.3, 0.01, 4e9, new Power(69_000, 5, 1.5));
            case MID_RANGE -> of(2e9, 2e6, 500e3, 0.3, 0.03, DeviceClass.USUAL_MEMORY, Power.USUAL);
            case BUDGET -> of(6e8, 1e6, 250e3, 0.4, 0.05, 1e9, new Power(55_000, 3, 1.5));
            case OLD -> of(2e8, 400e3, 100e3, 0.5, 0.08, 3e8, new Power(38_000, 2.5, 1.8));
            case TABLET -> of(4e9, 5e6, 1.5e6, 0.3, 0.02, 3e9, new Power(105_000, 5, 1.5));
        };
    }

    private static DeviceClass of(
            double flopsPerSecond,
            double downBytesPerSecond,
            double upBytesPerSecond,
            double spread,
            double dropOut,
            double memoryBytes,
            Power power) {
        return new DeviceClass(
                "", 1, flopsPerSecond, downBytesPerSecond, upBytesPerSecond, spread, dropOut, memoryBytes, power);
    }
}
