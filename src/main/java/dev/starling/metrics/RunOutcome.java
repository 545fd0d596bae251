package dev.starling.metrics;

import dev.starling.model.Evaluation;
import dev.starling.model.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a run ended.
 *
 * @param phase DONE, STOPPED or FAILED
 * @param failure what went wrong, one sentence; empty unless FAILED
 * @param rounds rounds committed or abandoned
 * @param version final base version
 * @param targetReachedAtRound first round whose evaluation reached the target
 * @param evaluation the final base on the test set
 * @param modelRoot Merkle root of the final base, lower-case hex
 * @param base the final base
 * @param severalBases by name, the bases of groups of devices that were never merged; usually none
 * @param devices figures of every device that was ever asked, and of those that were evaluated
 * @param wallSeconds from the start of the run to its end
 */
public record RunOutcome(
        Phase phase,
        String failure,
        int rounds,
        int version,
        OptionalInt targetReachedAtRound,
        Optional<Evaluation> evaluation,
        String modelRoot,
        Snapshot base,
        Map<String, Snapshot> severalBases,
        List<DeviceRecord> devices,
        double wallSeconds) {

    public RunOutcome {
        severalBases = Map.copyOf(severalBases);
        devices = List.copyOf(devices);
    }

    /** With one base for all. */
    public RunOutcome(
            Phase phase,
            String failure,
            int rounds,
            int version,
            OptionalInt targetReachedAtRound,
            Optional<Evaluation> evaluation,
            String modelRoot,
            Snapshot base,
            List<DeviceRecord> devices,
            double wallSeconds) {
        this(
                phase,
                failure,
                rounds,
                version,
                targetReachedAtRound,
                evaluation,
                modelRoot,
                base,
                Map.of(),
                devices,
                wallSeconds);
    }
}
