package dev.starling.metrics;

import dev.starling.base.WireMessage;
import java.util.List;

/**
 * What two models make of one example that a device holds back: inference on the device, side by side. The example
 * itself never leaves the device. The getters are for JMX.
 *
 * @param example its place among those held back
 * @param base scores of the newest base on the device's node, one per class or target
 * @param personal the same of the device's own model; empty if it has none
 */
public record DevicePrediction(int device, int example, List<Float> base, List<Float> personal) implements WireMessage {

    public DevicePrediction {
        base = List.copyOf(base);
        personal = List.copyOf(personal);
    }

    public int getDevice() {
        return device;
    }

    public int getExample() {
        return example;
    }

    public List<Float> getBase() {
        return base;
    }

    public List<Float> getPersonal() {
        return personal;
    }
}
