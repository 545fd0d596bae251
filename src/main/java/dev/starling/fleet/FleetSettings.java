package dev.starling.fleet;

import dev.starling.base.SimTime;
import java.util.List;
import java.util.Optional;

/**
 * The fleet of a scenario.
 *
 * @param devices number of phones, at least 1; ids are 0 … devices−1
 * @param start where fleet time begins
 * @param classes at least one
 * @param life when devices may work
 * @param capacities speeds and bandwidths in place of those of the classes
 */
public record FleetSettings(
        int devices,
        SimTime start,
        List<DeviceClass> classes,
        LifeSettings life,
        Optional<CapacitySettings> capacities) {

    public FleetSettings {
        classes = List.copyOf(classes);
    }

    /** A fleet as fast as its classes say. */
    public FleetSettings(int devices, SimTime start, List<DeviceClass> classes, LifeSettings life) {
        this(devices, start, classes, life, Optional.empty());
    }

    /** A fleet that is ready all the time. */
    public FleetSettings(int devices, SimTime start, List<DeviceClass> classes) {
        this(devices, start, classes, LifeSettings.ALWAYS);
    }
}
