package dev.starling.data.view;

import dev.starling.base.SimTime;

/** Where a device is and what it is, as far as what it sees depends on it. Pure, and safe to ask from many threads. */
public interface Surroundings {

    /** The region in which {@code device} lives, from 0. */
    int region(int device);

    /** Hours since the last local midnight, 0 to below 24, where {@code device} is. */
    double localHour(int device, SimTime now);

    /** The name of its class. */
    String deviceClass(int device);
}
