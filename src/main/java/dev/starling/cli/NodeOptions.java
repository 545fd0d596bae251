package dev.starling.cli;

import dev.starling.base.InputException;
import dev.starling.cluster.NodeSettings;
import dev.starling.cluster.TlsFiles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options by which a process becomes a node; {@code run} and {@code node} share them. */
final class NodeOptions {

    private static final Path TLS_DIRECTORY = Path.of(System.getProperty("starling.home", "."), "conf", "tls");

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads that train, per node. Default: the machine's cores; with --nodes twice a node's share of"
                            + " them, as the nodes have rarely equally much to do.")
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

    @Option(
            names = "--bootstrap",
            paramLabel = "NAME",
            description = "In place of --seed-node: finds the nodes by this name, in DNS unless conf/application.conf"
                    + " says otherwise (pekko.management.cluster.bootstrap).")
    private @Nullable String bootstrap;

    @Option(names = "--role", paramLabel = "ROLE", description = "A cluster role of this node. Repeatable.")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--tls",
            paramLabel = "DIR",
            description = "Certificates (see starling certs) by which nodes prove who they are. Default: conf/tls if"
                    + " --host is reachable from other machines, else none are used.")
    private @Nullable Path tls;

    @Option(names = "--insecure", description = "Goes without TLS though --host is reachable from other machines.")
    private boolean insecure;

    /** Checked; {@code nodes} share this machine. */
    NodeSettings request(int nodes, Console console) {
        int cores = Runtime.getRuntime().availableProcessors();
        int used = threads == null ? usualThreads(cores, nodes) : threads;
        if (used < 1) {
            throw new InputException("--threads", "must be at least 1, got " + used);
        }
        if (port != null && (port < 0 || port > 65535)) {
            throw new InputException("--port", "must be 0 to 65535, got " + port);
        }
        seedNodes.forEach(NodeOptions::check);
        if (bootstrap != null && !seedNodes.isEmpty()) {
            throw new InputException("--bootstrap", "finds the nodes to join by itself; leave --seed-node out");
        }
        return new NodeSettings(
                        host,
                        port == null ? OptionalInt.empty() : OptionalInt.of(port),
                        seedNodes,
                        roles,
                        used,
                        List.of())
                .withTls(tls(console))
                .withBootstrap(Optional.ofNullable(bootstrap));
    }

    /** The devices of a round fall on nodes by chance: who has fewer of them leaves cores to those that have more. */
    static int usualThreads(int cores, int nodes) {
        return Math.min(cores, (2 * cores + nodes - 1) / nodes);
    }

    private Optional<TlsFiles> tls(Console console) {
        boolean outside = !isLoopback(host);
        if (insecure && tls != null) {
            throw new InputException("--insecure", "goes without TLS, but --tls asks for it; leave one of them out");
        }
        if (outside && insecure) {
            console.warning("--insecure: whoever reaches " + host
                    + " can take part in this cluster, read its models and change them");
            return Optional.empty();
        }
        if (tls == null && !outside) {
            return Optional.empty();
        }
        Path directory = tls == null ? TLS_DIRECTORY : tls;
        return Optional.of(TlsFiles.checked(directory, host, Instant.now()));
    }

    private static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            throw new InputException("--host", "must be an address of this machine or a name of it, got " + host);
        }
    }

    private static void check(String seedNode) {
        if (!seedNode.matches("(\\[[0-9A-Fa-f:.]+]|[^:\\s]+):\\d{1,5}")) {
            throw new InputException("--seed-node", "must be HOST:PORT, got " + seedNode);
        }
    }
}
