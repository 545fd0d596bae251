package dev.starling.fleet;

import dev.starling.base.DropOutReason;
import dev.starling.base.SimTime;
import dev.starling.metrics.Spending;
import java.util.List;
import java.util.Optional;

/**
 * What one device makes of one round's work, in fleet time, whether it counts or not.
 *
 * @param examples training examples; 0 if it declines, and then nothing else happens
 * @param steps local steps it takes
 * @param from when it was asked
 * @param to when its report arrives, or when it drops out
 * @param dropOut why it never reports; empty if it does
 * @param spent by radio and training until then
 */
public record Stint(
        int device,
        int examples,
        int steps,
        SimTime from,
        SimTime to,
        Optional<DropOutReason> dropOut,
        Spending spent) {

    /** Energy taken by radio and training. */
    double joules() {
        return spent.joules();
    }

    boolean declined() {
        return examples == 0;
    }

    boolean finished() {
        return !declined() && dropOut.isEmpty();
    }

    /** What all {@code stints} took together. */
    static Spending spent(List<Stint> stints) {
        return stints.stream().map(Stint::spent).reduce(Spending.NOTHING, Spending::plus);
    }

    long millis() {
        return to.millisSince(from);
    }
}
