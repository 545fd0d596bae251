package dev.starling.coordinator;

import dev.starling.device.Device;
import dev.starling.device.NodeHosts;
import dev.starling.device.RunSpec;
import dev.starling.metrics.RunControl;
import dev.starling.metrics.RunListener;
import dev.starling.metrics.RunOutcome;
import dev.starling.scenario.Scenario;
import dev.starling.store.BaseArchive;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a coordinator is given.
 *
 * @param hosts runs of its own node
 * @param nodes how many nodes must be ready before the first round
 * @param threads training threads per node, for the records
 * @param devices the shard region
 * @param shardOf the shard of a device, from 0
 * @param members who is in the cluster
 * @param archive where base versions go that personal models still start from
 * @param journal how far the run has come, now and before it was taken up again
 * @param trainingThreads of its own node, for evaluation and server work
 * @param nanoTime wall time, only for measuring
 * @param outcome completed when the run ends; with an InputException if what the user gave cannot be used
 */
public record RunContext(
        RunSpec spec,
        Scenario scenario,
        NodeHosts hosts,
        int nodes,
        int threads,
        ActorRef<Device.Request> devices,
        IntUnaryOperator shardOf,
        Members members,
        BaseArchive archive,
        Journal journal,
        Executor trainingThreads,
        LongSupplier nanoTime,
        RunControl control,
        RunListener listener,
        CompletableFuture<RunOutcome> outcome) {

    /** Whether versions of models are kept. */
    boolean keeps() {
        return scenario.keeping().policy().isPresent();
    }

    long millis() {
        return nanoTime.getAsLong() / 1_000_000;
    }
}
