package dev.starling.device;

/**
 * One local training, fully described: with the device's data and the seed, these three numbers give the trained
 * model bit for bit. That is why a personal model that is no longer in memory can be made again.
 *
 * @param round counts from 1; keys the order of the examples
 * @param version base version that the training starts from
 * @param steps local steps at most
 */
public record Work(int round, int version, int steps) {}
