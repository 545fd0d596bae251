package dev.starling.fleet;

import dev.starling.base.SimTime;

/**
 * One reporter of a round: a device whose work counts and is therefore really done.
 *
 * @param examples training examples of the device, from which its algorithm says what it weighs in the mean
 * @param steps local steps it takes; fewer than all epochs need when it reports partial work
 * @param reportsAt when its report arrives
 */
public record Assignment(int device, int examples, int steps, SimTime reportsAt) {}
