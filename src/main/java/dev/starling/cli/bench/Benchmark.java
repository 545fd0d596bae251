package dev.starling.cli.bench;

import dev.starling.model.Architecture;
import dev.starling.model.Backend;
import dev.starling.model.kernel.Peak;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures local training and evaluation against the speed at which this machine multiplies large matrices. Both are the best of
 * several tries, so that a neighbour's noise does not change their ratio.
 *
 * @param warmUpSlices slices that are not counted: the JIT is at work
 * @param slices counted
 */
public record Benchmark(int warmUpSlices, int slices, double sliceSeconds) {

    private static final int PEAK_REPETITIONS = 20;

    /** Takes some five seconds a workload. */
    public static final Benchmark USUAL = new Benchmark(3, 6, 0.5);

    /** GFLOP/s of one thread on large matrices. */
    public static double peakGflops() {
        Backend.start();
        return Peak.gflops(PEAK_REPETITIONS, System::nanoTime);
    }

    /** Trains on {@code threads} threads at once. */
    public Measurement measure(Workload workload, int threads, double peakGflops) {
        Architecture architecture = workload.architecture();
        List<Trainee> trainees = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int i = 0; i < threads; i++) {
                trainees.add(new Trainee(workload, architecture, i, (long) (sliceSeconds * 1e9)));
            }
            for (int i = 0; i < warmUpSlices; i++) {
                executor.invokeAll(trainees);
            }
            double best = 0;
            long steps = 0;
            long allocated = 0;
            for (int i = 0; i < slices; i++) {
                double stepsPerSecond = 0;
                for (Future<Trainee.Done> future : executor.invokeAll(trainees)) {
                    Trainee.Done done = future.get();
                    stepsPerSecond += done.steps() / done.seconds();
                    steps += done.steps();
                    allocated += done.allocatedBytes();
                }
                best = Math.max(best, stepsPerSecond);
            }
            return new Measurement(
                    workload.name(),
                    threads,
                    best,
                    workload.batchSize(),
                    workload.flopsPerStep(architecture),
                    (double) allocated / steps,
                    peakGflops);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the benchmark was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the benchmark failed: " + e.getCause(), e);
        } finally {
            executor.shutdownNow();
            trainees.forEach(Trainee::close);
        }
    }
}
