package dev.starling.fleet;

import java.util.List;

/**
 * What a round asks of a device.
 *
 * @param downBytes encoded size of the base model as it is sent
 * @param upBytes encoded size of a delta as it is sent
 * @param flopsPerExample forward, backward and update for one example
 * @param epochs passes over the device's examples
 * @param batchSize examples per step; 0 means all at once
 * @param maxSteps local steps at most, at least 1; data-parallel training takes one per round
 * @param memoryBytes that model and a batch take on a device
 * @param partialWork whether a device that cannot finish by the deadline reports the steps it managed (FedProx)
 */
public record Workload(
        long downBytes,
        long upBytes,
        double flopsPerExample,
        int epochs,
        int batchSize,
        int maxSteps,
        double memoryBytes,
        boolean partialWork) {

    /** A workload without a limit on the local steps that fits into every memory. */
    public Workload(
            long downBytes, long upBytes, double flopsPerExample, int epochs, int batchSize, boolean partialWork) {
        this(downBytes, upBytes, flopsPerExample, epochs, batchSize, Integer.MAX_VALUE, 0, partialWork);
    }

    /** The same work without the download of the base, or without the upload of a delta. */
    public Workload without(boolean download, boolean upload) {
        return new Workload(
                download ? 0 : downBytes,
                upload ? 0 : upBytes,
                flopsPerExample,
                epochs,
                batchSize,
                maxSteps,
                memoryBytes,
                partialWork);
    }

    /** The same work with at most {@code steps} local steps. */
    public Workload withMaxSteps(int steps) {
        return new Workload(downBytes, upBytes, flopsPerExample, epochs, batchSize, steps, memoryBytes, partialWork);
    }

    /** Local steps of all the work on {@code examples} ≥ 1 examples. */
    public int steps(int examples) {
        return (int) Math.min(maxSteps, (long) epochs * stepsPerEpoch(examples));
    }

    /** Examples seen by the first {@code steps} steps; the last batch of an epoch may be short. */
    public long examplesSeen(int examples, int steps) {
        int perEpoch = stepsPerEpoch(examples);
        long inLastEpoch = (long) (steps % perEpoch) * largestBatch(examples);
        return (long) (steps / perEpoch) * examples + Math.min(inLastEpoch, examples);
    }

    /** As above, of all {@code reporters} together. */
    public long examplesSeen(List<Assignment> reporters) {
        return reporters.stream()
                .mapToLong(reporter -> examplesSeen(reporter.examples(), reporter.steps()))
                .sum();
    }

    /** The most steps, up to all, that see no more than {@code budget} examples. */
    public int stepsWithin(int examples, double budget) {
        if (budget >= examplesSeen(examples, steps(examples))) {
            return steps(examples);
        }
        if (!(budget > 0)) {
            return 0;
        }
        long whole = (long) budget;
        long epochsDone = whole / examples;
        return (int) (epochsDone * stepsPerEpoch(examples) + whole % examples / largestBatch(examples));
    }

    private int stepsPerEpoch(int examples) {
        int batch = largestBatch(examples);
        return (examples + batch - 1) / batch;
    }

    private int largestBatch(int examples) {
        return batchSize == 0 ? examples : Math.min(batchSize, examples);
    }
}
