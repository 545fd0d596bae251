package dev.starling.cli;

import java.util.List;
import java.util.OptionalInt;

/**
 * How a node meets its cluster. What is empty comes from {@code conf/application.conf}.
 *
 * @param host on which it listens, and by which others reach it
 * @param port 0 takes any free one
 * @param seedNodes {@code HOST:PORT} each; empty founds a new cluster
 * @param roles as Pekko cluster roles
 * @param threads that train
 */
public record NodeRequest(String host, OptionalInt port, List<String> seedNodes, List<String> roles, int threads) {

    public NodeRequest {
        seedNodes = List.copyOf(seedNodes);
        roles = List.copyOf(roles);
    }
}
