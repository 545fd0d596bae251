package dev.starling.device;

import dev.starling.base.SimTime;

/**
 * One local training, fully described: with the device's data and the seed, this gives the trained model
 * bit for bit. That is why a personal model that is no longer in memory can be made again.
 *
 * @param round counts from 1; keys the order of the examples
 * @param version base version that the training starts from
 * @param steps local steps at most
 * @param now fleet time at which the device is asked: decides what it holds and sees
 */
public record Work(int round, int version, int steps, SimTime now) {}
