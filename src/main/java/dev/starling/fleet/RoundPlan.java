package dev.starling.fleet;

import dev.starling.base.SimTime;
import java.util.List;

/**
 * What happens in one round, decided before any training: a pure function of seed, round, time and fleet. Every
 * device asked either declines, drops out, or finishes; of those that finish, reporters count and the late do not.
 *
 * @param round counts from 1
 * @param opens when devices are asked
 * @param closes when the last counted report is in, or the deadline
 * @param asked all devices asked, in order of selection
 * @param reporters those whose report counts, in order of device id; empty if abandoned
 * @param late how many finished for nothing, because the round had closed or was abandoned: wasted but billed
 * @param droppedOut how many took the work and never reported
 * @param declined how many took no work, because they have no examples: nothing is sent to them
 * @param abandoned whether fewer than the minimum reported in time
 * @param downBytes sent to all devices that took the work
 * @param upBytes sent by all devices that finished, late ones included
 * @param wastedDeviceSeconds device time of those that were late or dropped out
 */
public record RoundPlan(
        int round,
        SimTime opens,
        SimTime closes,
        List<Integer> asked,
        List<Assignment> reporters,
        int late,
        int droppedOut,
        int declined,
        boolean abandoned,
        long downBytes,
        long upBytes,
        double wastedDeviceSeconds) {

    public RoundPlan {
        asked = List.copyOf(asked);
        reporters = List.copyOf(reporters);
    }

    /** Training examples of all reporters: the denominator of their weights. */
    public long totalExamples() {
        return reporters.stream().mapToLong(Assignment::examples).sum();
    }

    /** Local steps of all reporters. */
    public long totalSteps() {
        return reporters.stream().mapToLong(Assignment::steps).sum();
    }
}
