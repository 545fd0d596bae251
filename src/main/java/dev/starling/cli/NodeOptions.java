package dev.starling.cli;

import dev.starling.base.InputException;
import dev.starling.cluster.NodeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options by which a process becomes a node; {@code run} and {@code node} share them. */
final class NodeOptions {

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that train, per node. Default: the machine's cores, shared among its --nodes.")
    private @Nullable Integer threads;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address to listen on, by which other nodes reach this one. Default: ${DEFAULT-VALUE}.")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on; 0 takes any free one.")
    private @Nullable Integer port;

    @Option(
            names = "--seed-node",
            paramLabel = "HOST:PORT",
            description = "A node of the cluster to join. Repeatable: any one that answers will do.")
    private List<String> seedNodes = new ArrayList<>();

    @Option(names = "--role", paramLabel = "ROLE", description = "A cluster role of this node. Repeatable.")
    private List<String> roles = new ArrayList<>();

    /** Checked; {@code nodes} share this machine. */
    NodeSettings request(int nodes) {
        int cores = Runtime.getRuntime().availableProcessors();
        int used = threads == null ? Math.max(1, cores / nodes) : threads;
        if (used < 1) {
            throw new InputException("--threads", "must be at least 1, got " + used);
        }
        if (port != null && (port < 0 || port > 65535)) {
            throw new InputException("--port", "must be 0 to 65535, got " + port);
        }
        seedNodes.forEach(NodeOptions::check);
        return new NodeSettings(
                host, port == null ? OptionalInt.empty() : OptionalInt.of(port), seedNodes, roles, used, List.of());
    }

    private static void check(String seedNode) {
        if (!seedNode.matches("(\\[[0-9A-Fa-f:.]+]|[^:\\s]+):\\d{1,5}")) {
            throw new InputException("--seed-node", "must be HOST:PORT, got " + seedNode);
        }
    }
}
