package dev.starling.metrics;

import java.util.List;

/**
 * How many devices were evaluated at the end of a run.
 *
 * @param evaluated those of which there are figures, though some may hold nothing back
 * @param sampled whether they are a keyed sample of the devices that were asked, which were too many to ask them all
 */
public record Survey(long evaluated, boolean sampled) {

    /**
     * Of what a run ended with.
     *
     * @param devices all that were asked, and all that were evaluated
     * @param failed those that could not be evaluated, and why
     */
    public static Survey of(List<DeviceRecord> devices, List<FailedDevices> failed) {
        long evaluated =
                devices.stream().filter(device -> device.heldOutExamples() >= 0).count();
        long tried =
                evaluated + failed.stream().mapToLong(FailedDevices::devices).sum();
        return new Survey(evaluated, tried > 0 && tried < devices.size());
    }
}
