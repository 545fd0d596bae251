package dev.starling.device;

import dev.starling.base.SimTime;

/**
 * One piece of work on a device's model, fully described: with the device's data, the seed and the model before, this
 * gives the model after, bit for bit. That is why a personal model that is no longer in memory can be made again.
 *
 * @param round counts from 1; keys the order of the examples
 * @param version base version that the work starts from, or that the personal model derives from
 * @param steps local steps at most
 * @param now fleet time at which the device is asked: decides what it holds and sees
 * @param task what is done
 */
public record Work(int round, int version, int steps, SimTime now, Task task) {

    /** What a device can be asked to do to its model. */
    public enum Task {
        /** Local training from a base version; the delta counts in the round. */
        FEDERATED,
        /** Training on from its own model; nothing is uploaded. */
        PERSONAL,
        /** App update: the new base takes the place of its own model. */
        REPLACE,
        /** App update: its own model becomes the new base plus what it had learnt on the old one. */
        REBASE,
        /** App update: its own model becomes the new base trained on what the device holds now. */
        RETRAIN,
        /** App update that the device does not take: its own model stays as it is. */
        KEEP;

        /** Whether it is the delivery of a new base. */
        boolean isUpdate() {
            return this == REPLACE || this == REBASE || this == RETRAIN || this == KEEP;
        }
    }

    /** Federated work. */
    public Work(int round, int version, int steps, SimTime now) {
        this(round, version, steps, now, Task.FEDERATED);
    }
}
