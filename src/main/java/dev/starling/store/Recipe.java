package dev.starling.store;

import dev.starling.base.SimTime;

/**
 * The local training that made a version: with the pipeline and the device's data it gives the model bit for bit.
 *
 * @param round counts from 1
 * @param base base version that the training started from
 * @param steps local steps at most
 * @param now fleet time at which the device was asked
 * @param task what was done, in a word: {@code federated}, {@code personal}, …
 */
public record Recipe(int round, int base, int steps, SimTime now, String task) {

    /** Local training from a base. */
    public Recipe(int round, int base, int steps, SimTime now) {
        this(round, base, steps, now, "federated");
    }
}
