package dev.starling.fleet;

import dev.starling.data.CapacityFile.Capacity;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Speeds and bandwidths of recorded devices, dealt to the fleet in turn: device d has those of row d mod n. Memory: the
 * table, whatever the size of the fleet.
 *
 * <p>FedScale takes three times the latency of inference for training one sample, whatever the model. Here the latency
 * is that of one model, so that smaller ones are faster; the factor is in {@link Workload#flopsPerExample}, which counts
 * the backward pass and the update too.
 */
public final class Capacities {

    private static final double MILLIS = 1000;
    private static final double BITS_PER_BYTE = 8;
    private static final double TRAINING_PER_INFERENCE = 3;

    private final double[] flopsPerSecond;
    private final double[] bytesPerSecond;

    /**
     * Of the rows of a table.
     *
     * @param flopsPerSample forward, of the model whose latency the rows have; empty: of the model that is trained
     * @param flopsPerExample of training, of the model that is trained
     */
    public Capacities(List<Capacity> rows, OptionalDouble flopsPerSample, double flopsPerExample) {
        double forward = flopsPerSample.orElse(flopsPerExample / TRAINING_PER_INFERENCE);
        this.flopsPerSecond = rows.stream()
                .mapToDouble(row -> forward / (row.latencyMillis() / MILLIS))
                .toArray();
        this.bytesPerSecond = rows.stream()
                .mapToDouble(row -> row.kilobitsPerSecond() * MILLIS / BITS_PER_BYTE)
                .toArray();
    }

    /** How many devices the table is of. */
    public int size() {
        return flopsPerSecond.length;
    }

    double flopsPerSecond(int device) {
        return flopsPerSecond[device % flopsPerSecond.length];
    }

    double bytesPerSecond(int device) {
        return bytesPerSecond[device % bytesPerSecond.length];
    }
}
