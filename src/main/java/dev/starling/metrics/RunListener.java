package dev.starling.metrics;

import dev.starling.data.view.Skew;
import dev.starling.model.Evaluation;
import java.util.List;

/**
 * Told by the coordinator what happens, in order, from one thread. Implementations are quick and do not throw: they
 * print progress, write result files, feed JMX.
 */
public interface RunListener {

    void started(RunInfo info);

    /** How much devices differ in what they see; after {@link #started}. */
    default void skew(Skew skew) {}

    /** The run goes on behind earlier rounds; after {@link #started}, and only then. */
    default void resumed(Resumed resumed) {
        resumed.rounds().forEach(this::roundCommitted);
    }

    void phase(Phase phase);

    /** The first base on the test set; only told if it was pre-trained, or if no round moves it. */
    default void firstBase(Evaluation test) {}

    /** So many nodes are in the cluster, {@code unreachable} of them do not answer; whenever that changes. */
    default void nodes(int members, int unreachable) {}

    /** A round opens. */
    default void opens(RoundStage stage) {}

    /** {@code reported} of {@code expected} reporters of the running round are in. */
    void progress(int round, int reported, int expected);

    void roundCommitted(RoundRecord round);

    /** The store of this run is away, or has just come back. */
    default void store(StoreWait state) {}

    /** Devices that could not be evaluated at the end, and why; before {@link #finished}, if there are any. */
    default void unevaluated(List<FailedDevices> devices) {}

    /** What was kept of the models; before {@link #finished}, if anything was. */
    default void kept(KeptFigures figures) {}

    /** For so long rounds have waited for the state of the run to be saved, by this process; before {@link #finished}. */
    default void saving(double seconds) {}

    void finished(RunOutcome outcome);
}
