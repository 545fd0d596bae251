package dev.starling.fleet.selection;

import dev.starling.base.SimTime;

/** A device that is asked to work, and when. */
public record Invitation(int device, SimTime at) {}
