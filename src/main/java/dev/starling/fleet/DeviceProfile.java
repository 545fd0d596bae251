package dev.starling.fleet;

/** What one device can do: its class's figures times the device's own factors. Units as in {@link DeviceClass}. */
public record DeviceProfile(
        String className, double flopsPerSecond, double downBytesPerSecond, double upBytesPerSecond, double dropOut) {}
