package dev.starling.coordinator;

import dev.starling.base.SimTime;
import dev.starling.device.Device;
import dev.starling.device.Work;
import dev.starling.fleet.Assignment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What the devices of one round are asked to do. */
final class RoundTask {

    private final String run;
    private final int round;
    private final int version;
    private final SimTime opens;
    private final int parameters;
    private final Map<Integer, Assignment> assignments = new TreeMap<>();
    private final ToDoubleFunction<Assignment> weight;

    /**
     * @param version base version that everybody starts from
     * @param opens fleet time at which the round opens
     * @param parameters values of a delta
     * @param weight share of a reporter in the mean
     */
    RoundTask(
            String run,
            int round,
            int version,
            SimTime opens,
            int parameters,
            List<Assignment> reporters,
            ToDoubleFunction<Assignment> weight) {
        this.run = run;
        this.round = round;
        this.version = version;
        this.opens = opens;
        this.parameters = parameters;
        this.weight = weight;
        reporters.forEach(reporter -> assignments.put(reporter.device(), reporter));
    }

    int round() {
        return round;
    }

    int parameters() {
        return parameters;
    }

    Set<Integer> devices() {
        return assignments.keySet();
    }

    Device.Train train(int device, int attempt) {
        Assignment assignment = assignments.get(device);
        if (assignment == null) {
            throw new IllegalArgumentException("device " + device + " is no reporter of round " + round);
        }
        Work work = new Work(round, version, assignment.steps(), opens);
        return new Device.Train(run, device, attempt, work, weight.applyAsDouble(assignment));
    }
}
