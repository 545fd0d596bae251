package dev.starling.cli.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured for one workload.
 *
 * @param stepsPerSecond local steps of all threads together, in the best of several slices of time
 * @param batchSize examples per step
 * @param flopsPerStep of the arithmetic that training needs, multiply-adds × 2
 * @param bytesPerStep allocated on the heap per step, mean over all slices
 * @param peakGflops large-sgemm peak of one thread, best of several
 */
public record Measurement(
        String workload,
        int threads,
        double stepsPerSecond,
        int batchSize,
        double flopsPerStep,
        double bytesPerStep,
        double peakGflops) {

    /** How long a thread takes for one step. */
    public double microsPerStep() {
        return threads * 1e6 / stepsPerSecond;
    }

    public double examplesPerSecond() {
        return stepsPerSecond * batchSize;
    }

    /** Of all threads together. */
    public double gflops() {
        return stepsPerSecond * flopsPerStep / 1e9;
    }

    /** Share of what {@code threads} cores would reach at the peak of one. */
    public double shareOfPeak() {
        return gflops() / (threads * peakGflops);
    }

    /** For {@code --json}. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("workload", workload);
        json.put("threads", threads);
        json.put("microsPerStep", microsPerStep());
        json.put("stepsPerSecond", stepsPerSecond);
        json.put("examplesPerSecond", examplesPerSecond());
        json.put("gflops", gflops());
        json.put("shareOfPeak", shareOfPeak());
        json.put("bytesPerStep", bytesPerStep);
        json.put("peakGflops", peakGflops);
        return json;
    }
}
