package dev.starling.fleet;

import dev.starling.base.SimTime;

/** How many examples a device can train on. */
public interface ExampleCounts {

    /** Training examples of {@code device} at {@code now}; quick, for planning asks it for whole cohorts. */
    int of(int device, SimTime now);
}
