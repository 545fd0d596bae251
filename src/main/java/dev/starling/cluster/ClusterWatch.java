package dev.starling.cluster;

import dev.starling.metrics.ClusterFigures;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.sharding.ClusterSharding;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.pattern.Patterns;

/** The cluster as a node sees it. */
final class ClusterWatch implements ClusterFigures {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final org.apache.pekko.actor.ActorSystem system;
    private final Cluster cluster;
    private final NodeTraffic traffic;
    private final LongAdder deadLetters = new LongAdder();

    ClusterWatch(ActorSystem<?> system) {
        this.system = Adapter.toClassic(system);
        this.cluster = Cluster.get(this.system);
        this.traffic = NodeTraffic.of(this.system);
        ActorRef<DeadLetter> counter = system.systemActorOf(counter(), "dead-letters", Props.empty());
        system.eventStream().tell(new EventStream.Subscribe<>(DeadLetter.class, counter));
    }

    private Behavior<DeadLetter> counter() {
        return Behaviors.receiveMessage(letter -> {
            deadLetters.increment();
            return Behaviors.same();
        });
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
    public long baseBytesAfter(int version) {
        return traffic.ofBasesAfter(version);
    }

    @Override
    public long deadLetters() {
        return deadLetters.sum();
    }

    @Override
    public double lastHeartbeatSeconds() {
        Set<UniqueAddress> members = new HashSet<>();
        cluster.state().getMembers().forEach(member -> members.add(member.uniqueAddress()));
        traffic.heardNanos().keySet().retainAll(members);
        return traffic.heardNanos().values().stream()
                .mapToDouble(heard -> (System.nanoTime() - heard) / 1e9)
                .max()
                .orElse(Double.NaN);
    }
}
