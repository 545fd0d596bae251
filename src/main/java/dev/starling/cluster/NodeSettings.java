package dev.starling.cluster;

import dev.starling.coordinator.NodeRoster;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a process becomes a node; what is empty comes from {@code conf/application.conf}.
 *
 * @param host on which it listens, and by which others reach it
 * @param port 0 takes any free one
 * @param seedNodes {@code HOST:PORT} each; empty founds a new cluster
 * @param roles cluster roles; empty means that it holds devices
 * @param threads that train, at least 1
 * @param overrides scenario settings that hold on this node only, as {@code key=value}
 * @param tls by which nodes prove who they are; empty means that what they say to each other is plain
 * @param bootstrap the name by which nodes are discovered, in place of seed nodes
 */
public record NodeSettings(
        String host,
        OptionalInt port,
        List<String> seedNodes,
        List<String> roles,
        int threads,
        List<String> overrides,
        Optional<TlsFiles> tls,
        Optional<String> bootstrap) {

    public NodeSettings {
        seedNodes = List.copyOf(seedNodes);
        roles = List.copyOf(roles);
        overrides = List.copyOf(overrides);
    }

    /** A node without TLS, which knows whom to join. */
    public NodeSettings(
            String host,
            OptionalInt port,
            List<String> seedNodes,
            List<String> roles,
            int threads,
            List<String> overrides) {
        this(host, port, seedNodes, roles, threads, overrides, Optional.empty(), Optional.empty());
    }

    /** The same with a further role, beside holding devices. */
    public NodeSettings withRole(String role) {
        Set<String> all = new LinkedHashSet<>(roles);
        if (all.isEmpty()) {
            all.add(NodeRoster.DEVICES_ROLE);
        }
        all.add(role);
        return new NodeSettings(host, port, seedNodes, List.copyOf(all), threads, overrides, tls, bootstrap);
    }

    /** The same with these scenario settings. */
    public NodeSettings withOverrides(List<String> settings) {
        return new NodeSettings(host, port, seedNodes, roles, threads, settings, tls, bootstrap);
    }

    /** The same with certificates. */
    public NodeSettings withTls(Optional<TlsFiles> files) {
        return new NodeSettings(host, port, seedNodes, roles, threads, overrides, files, bootstrap);
    }

    /** The same, found by others and finding them by this name. */
    public NodeSettings withBootstrap(Optional<String> name) {
        return new NodeSettings(host, port, seedNodes, roles, threads, overrides, tls, name);
    }
}
