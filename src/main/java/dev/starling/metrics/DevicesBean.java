package dev.starling.metrics;

import java.util.function.IntFunction;

/** Shows single devices over JMX. */
public final class DevicesBean implements DevicesMXBean {

    private final int count;
    private final IntFunction<DeviceInspection> inspector;
    private final Predictor predictor;

    /** Asks device for what its models make of an example. */
    public interface Predictor {
        DevicePrediction predict(int device, int example);
    }

    /** Both are asked with ids 0 … count−1, from JMX threads, and may block a little. */
    public DevicesBean(int count, IntFunction<DeviceInspection> inspector, Predictor predictor) {
        this.count = count;
        this.inspector = inspector;
        this.predictor = predictor;
    }

    @Override
    public int getCount() {
        return count;
    }

    @Override
    public DeviceInspection inspect(int deviceId) {
        require(deviceId);
        return inspector.apply(deviceId);
    }

    @Override
    public DevicePrediction predict(int deviceId, int example) {
        require(deviceId);
        DevicePrediction prediction = predictor.predict(deviceId, example);
        if (prediction.base().isEmpty() && prediction.personal().isEmpty()) {
            throw new IllegalArgumentException("device " + deviceId + " holds no example " + example + " back");
        }
        return prediction;
    }

    private void require(int deviceId) {
        if (deviceId < 0 || deviceId >= count) {
            throw new IllegalArgumentException("deviceId must be 0 to " + (count - 1) + ", got " + deviceId);
        }
    }
}
