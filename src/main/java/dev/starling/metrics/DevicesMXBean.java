package dev.starling.metrics;

/** {@code dev.starling:type=Devices}: a look into single devices. */
public interface DevicesMXBean {

    /** Devices in the fleet; ids are 0 … count−1. */
    int getCount();

    /** Everything known about one device; throws {@link IllegalArgumentException} for an id outside the fleet. */
    DeviceInspection inspect(int deviceId);
}
