package dev.starling.coordinator;

import dev.starling.algorithm.Algorithm;
import dev.starling.fleet.Workload;
import dev.starling.model.Architecture;
import dev.starling.model.LocalSettings;
import dev.starling.store.BaseArchive;
import dev.starling.store.form.RoundedUpload;

/** What a scenario's training asks of a device. */
public final class Workloads {

    /** Weights, the base they started from, their gradient, and momentum. */
    private static final int COPIES = 4;

    private Workloads() {}

    /**
     * From the real encoded sizes and the model's own count of operations. Memory is four copies of the weights and,
     * for each example of a batch, the inputs forward and backward; a full batch is taken as one example at a time.
     *
     * @param rounding bits that devices round what they upload to, 8 or 4; 0: they do not
     */
    public static Workload of(Architecture architecture, Algorithm algorithm, LocalSettings local, int rounding) {
        long bytes = BaseArchive.encodedBytes(architecture.layout());
        long upload = rounding == 0 ? bytes : RoundedUpload.size(architecture.layout(), rounding);
        double perExample = 2.0 * Float.BYTES * architecture.inputs();
        return new Workload(
                bytes,
                upload,
                architecture.flopsPerExample(),
                local.epochs(),
                local.batchSize(),
                algorithm.gradientOnly() ? 1 : Integer.MAX_VALUE,
                (double) COPIES * architecture.layout().bytes() + Math.max(1, local.batchSize()) * perExample,
                algorithm.partialWork());
    }
}
