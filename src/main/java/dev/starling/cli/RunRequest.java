package dev.starling.cli;

import dev.starling.cluster.NodeSettings;
import dev.starling.scenario.Scenario;
import java.nio.file.Path;

/**
 * What {@code starling run} asks of the {@link Simulator}.
 *
 * @param node this process as a node of the cluster; {@code node.threads()} holds for every node
 * @param nodes JVMs in all; with more than one the simulator starts the others on loopback and takes them down
 * @param cluster whether to run on the nodes that have joined {@code node.seedNodes()} instead
 * @param rehearse everything but training
 * @param directory where results go; exists, and is this run's own
 * @param resume whether to go on with the run that is in {@code directory}
 */
public record RunRequest(
        Scenario scenario,
        NodeSettings node,
        int nodes,
        boolean cluster,
        boolean rehearse,
        Path directory,
        boolean resume) {

    /** A run that begins. */
    public RunRequest(
            Scenario scenario, NodeSettings node, int nodes, boolean cluster, boolean rehearse, Path directory) {
        this(scenario, node, nodes, cluster, rehearse, directory, false);
    }
}
