package dev.starling.metrics;

import dev.starling.base.SimTime;

/**
 * One hour of fleet time, as it goes into {@code fleet.csv}.
 *
 * @param eligible devices that could work in the middle of the hour
 * @param sampled whether that was estimated from a sample of the fleet
 * @param working devices at work, mean over the hour
 */
public record FleetHour(SimTime start, long eligible, boolean sampled, double working) {}
