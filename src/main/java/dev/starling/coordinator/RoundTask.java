package dev.starling.coordinator;

import dev.starling.device.Device;
import dev.starling.device.Lineage;
import dev.starling.device.Work;
import dev.starling.fleet.Assignment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** What the devices of one round are asked to do. */
final class RoundTask {

    private final String run;
    private final int round;
    private final int version;
    private final int values;
    private final boolean againstRunning;
    private final Map<Integer, Assignment> assignments = new TreeMap<>();
    private final Function<Assignment, Lineage> lineage;
    private final ToIntFunction<Assignment> region;
    private final ToDoubleFunction<Assignment> weight;

    /**
     * @param version the running base version; deltas are changes from it or from where the device started
     * @param againstRunning whether anything of a report counts as a change from the running version
     * @param lineage what a reporter does, in full, behind what its model came from
     * @param values of the round's sum: the parameters of the model, times the regions that have a base of their own
     * @param region of a reporter, from 0
     * @param weight share of a reporter in the mean
     */
    RoundTask(
            String run,
            int round,
            int version,
            int values,
            boolean againstRunning,
            List<Assignment> reporters,
            Function<Assignment, Lineage> lineage,
            ToIntFunction<Assignment> region,
            ToDoubleFunction<Assignment> weight) {
        this.run = run;
        this.round = round;
        this.version = version;
        this.values = values;
        this.againstRunning = againstRunning;
        this.lineage = lineage;
        this.region = region;
        this.weight = weight;
        reporters.forEach(reporter -> assignments.put(reporter.device(), reporter));
    }

    int round() {
        return round;
    }

    int values() {
        return values;
    }

    Set<Integer> devices() {
        return assignments.keySet();
    }

    Device.Train train(int device, int attempt) {
        Assignment assignment = assignments.get(device);
        if (assignment == null) {
            throw new IllegalArgumentException("device " + device + " is no reporter of round " + round);
        }
        Lineage done = lineage.apply(assignment);
        Work work = done.last().orElseThrow();
        int against = againstRunning ? version : work.version();
        return new Device.Train(
                run, device, attempt, done, against, region.applyAsInt(assignment), weight.applyAsDouble(assignment));
    }
}
