package dev.starling.fleet;

/**
 * What a round asks of a device.
 *
 * @param downBytes encoded size of the base model as it is sent
 * @param upBytes encoded size of a delta as it is sent
 * @param flopsPerExample forward, backward and update for one example
 * @param epochs passes over the device's examples
 * @param batchSize examples per step; 0 means all at once
 * @param partialWork whether a device that cannot finish by the deadline reports the steps it managed (FedProx)
 */
public record Workload(
        long downBytes, long upBytes, double flopsPerExample, int epochs, int batchSize, boolean partialWork) {}
