package dev.starling.metrics;

import dev.starling.base.SimTime;

/**
 * One hour of fleet time, as it goes into {@code fleet.csv}.
 *
 * @param coveredSeconds how much of it the run lived: less than 3600 where it began or ended within the hour
 * @param eligible devices that could work in the middle of what is covered
 * @param sampled whether that was estimated from a sample of the fleet
 * @param working devices at work, mean over what is covered
 */
public record FleetHour(SimTime start, double coveredSeconds, long eligible, boolean sampled, double working) {}
