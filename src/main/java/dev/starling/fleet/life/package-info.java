/**
 * A device's day: when it is idle, charging, on an unmetered network, opted in, and whether that makes it eligible.
 * Pure functions of (seed, device, day), or of a trace; nothing is stored per device.
 */
@NullMarked
package dev.starling.fleet.life;

import org.jspecify.annotations.NullMarked;
