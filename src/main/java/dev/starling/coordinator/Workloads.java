package dev.starling.coordinator;

import dev.starling.algorithm.Algorithm;
import dev.starling.fleet.Workload;
import dev.starling.model.Architecture;
import dev.starling.model.LocalSettings;
import dev.starling.store.BaseArchive;

/** What a scenario's training asks of a device. */
public final class Workloads {

    /** Weights, the base they started from, their gradient, and momentum. */
    private static final int COPIES = 4;

    private Workloads() {}

    /**
     * From the real encoded sizes and the model's own count of operations. Memory is four copies of the weights and,
     * for each example of a batch, the inputs forward and backward; a full batch is taken as one example at a time.
     */
    public static Workload of(Architecture architecture, Algorithm algorithm, LocalSettings local) {
        long bytes = BaseArchive.encodedBytes(architecture.layout());
        double perExample = 2.0 * Float.BYTES * architecture.inputs();
        return new Workload(
                bytes,
                bytes,
                architecture.flopsPerExample(),
                local.epochs(),
                local.batchSize(),
                algorithm.gradientOnly() ? 1 : Integer.MAX_VALUE,
                (double) COPIES * architecture.layout().bytes() + Math.max(1, local.batchSize()) * perExample,
                algorithm.partialWork());
    }
}
