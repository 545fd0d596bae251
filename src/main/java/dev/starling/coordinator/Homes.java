package dev.starling.coordinator;

import dev.starling.base.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * On which nodes devices probably are: where others of their shard were when they last worked. Shards that move unnoticed
 * make it wrong.
 */
final class Homes {

    private final IntUnaryOperator shardOf;
    private final Map<Integer, String> nodes = new HashMap<>();

    /** @param shardOf the shard of a device, from 0 */
    Homes(IntUnaryOperator shardOf) {
        this.shardOf = shardOf;
    }

    /** These devices have worked on {@code node}. */
    void found(Collection<Integer> devices, String node) {
        devices.forEach(device -> nodes.put(shardOf.applyAsInt(device), node));
    }

    /** Nodes have come or gone: shards move. */
    void forget() {
        nodes.clear();
    }

    /** The nodes of {@code devices}, and who is on each; empty unless there is an idea of all. */
    Map<String, Ids> of(Collection<Integer> devices) {
        Map<String, List<Integer>> found = new TreeMap<>();
        for (Integer device : devices) {
            String node = nodes.get(shardOf.applyAsInt(device));
            if (node == null) {
                return Map.of();
            }
            found.computeIfAbsent(node, first -> new ArrayList<>()).add(device);
        }
        Map<String, Ids> homes = new TreeMap<>();
        found.forEach((node, there) -> homes.put(node, Ids.of(there)));
        return homes;
    }
}
