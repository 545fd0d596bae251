package dev.starling.metrics;

/** {@code dev.starling:type=Devices}: a look into single devices. */
public interface DevicesMXBean {

    /** Devices in the fleet; ids are 0 … count−1. */
    int getCount();

    /** Everything known about one device; throws {@link IllegalArgumentException} for an id outside the fleet. */
    DeviceInspection inspect(int deviceId);

    /**
     * Inference on one device: what the newest base and the device's own model make of example {@code example} (from 0)
     * of those it holds back. Throws {@link IllegalArgumentException} for an id outside the fleet or an example that
     * the device does not have.
     */
    DevicePrediction predict(int deviceId, int example);
}
