package dev.starling.cluster;

import dev.starling.metrics.ClusterFigures;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.sharding.ClusterSharding;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.pattern.Patterns;

/** The cluster as a node sees it. */
final class ClusterWatch implements ClusterFigures {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ActorSystem system;
    private final Cluster cluster;
    private final NodeTraffic traffic;

    ClusterWatch(ActorSystem system) {
        this.system = system;
        this.cluster = Cluster.get(system);
        this.traffic = NodeTraffic.of(system);
    }

    @Override
    public int members() {
        return cluster.state().members().size();
    }

    @Override
    public int unreachable() {
        return cluster.state().getUnreachable().size();
    }

    @Override
    public int shards() {
        try {
            Object stats = Patterns.ask(
                            ClusterSharding.get(system).shardRegion(DeviceSharding.NAME),
                            ShardRegion.getRegionStatsInstance(),
                            PATIENCE)
                    .toCompletableFuture()
                    .join();
            return ((ShardRegion.ShardRegionStats) stats).getStats().size();
        } catch (CompletionException | IllegalStateException e) {
            return -1;
        }
    }

    @Override
    public long bytesSent() {
        return traffic.sent();
    }

    @Override
    public long bytesReceived() {
        return traffic.received();
    }

    @Override
    public long runBytes() {
        return traffic.ofRuns();
    }

    @Override
    public double lastHeartbeatSeconds() {
        Set<UniqueAddress> members = new HashSet<>();
        cluster.state().getMembers().forEach(member -> members.add(member.uniqueAddress()));
        traffic.heardNanos().keySet().retainAll(members);
        long now = System.nanoTime();
        return traffic.heardNanos().values().stream()
                .mapToDouble(heard -> (now - heard) / 1e9)
                .max()
                .orElse(Double.NaN);
    }
}
