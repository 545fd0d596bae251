package dev.starling.cli;

import dev.starling.cluster.NodeSettings;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The simulator as the command line sees it: whatever forms clusters and runs rounds. */
public interface Simulator {

    /**
     * Runs a scenario to its end, or until {@code control} stops it. Listeners are told everything before this
     * returns, {@code finished} included. Also puts {@code Node} and {@code Devices} into JMX.
     *
     * @return how it ended, also when it failed on the way
     * @throws dev.starling.base.InputException for data that cannot be used, a port in use, a cluster that refuses
     */
    RunOutcome run(RunRequest request, RunControl control, List<RunListener> listeners);

    /**
     * Joins a cluster and works for it until it is told to leave, the cluster ends or the process is stopped.
     *
     * @param standIn how it goes on with runs whose coordinator is lost, if it should
     * @param status takes one line for people at each change: listening, joined, leaving
     * @throws dev.starling.base.InputException for a port in use, or a cluster that refuses this node
     * @throws TakenOutException if it was cut off from the cluster
     */
    void serve(NodeSettings request, Optional<StandIn> standIn, Consumer<String> status);
}
