package dev.starling.metrics;

import java.util.function.IntFunction;

/** Shows single devices over JMX. */
public final class DevicesBean implements DevicesMXBean {

    private final int count;
    private final IntFunction<DeviceInspection> inspector;

    /** @param inspector asked with ids 0 … count−1, from JMX threads; may block a little */
    public DevicesBean(int count, IntFunction<DeviceInspection> inspector) {
        this.count = count;
        this.inspector = inspector;
    }

    @Override
    public int getCount() {
        return count;
    }

    @Override
    public DeviceInspection inspect(int deviceId) {
        if (deviceId < 0 || deviceId >= count) {
            throw new IllegalArgumentException("deviceId must be 0 to " + (count - 1) + ", got " + deviceId);
        }
        return inspector.apply(deviceId);
    }
}
