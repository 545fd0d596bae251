package dev.starling.fleet;

import dev.starling.base.SimTime;
import java.util.List;

/**
 * The fleet of a scenario.
 *
 * @param devices number of phones, at least 1; ids are 0 … devices−1
 * @param start where fleet time begins
 * @param classes at least one
 * @param life when devices may work
 */
public record FleetSettings(int devices, SimTime start, List<DeviceClass> classes, LifeSettings life) {

    public FleetSettings {
        classes = List.copyOf(classes);
    }

    /** A fleet that is ready all the time. */
    public FleetSettings(int devices, SimTime start, List<DeviceClass> classes) {
        this(devices, start, classes, LifeSettings.ALWAYS);
    }
}
