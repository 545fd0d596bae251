package dev.starling.cli.bench;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.model.Architecture;
import dev.starling.model.LocalResult;
import dev.starling.model.LocalSettings;
import dev.starling.model.LocalTrainer;
import dev.starling.model.Parameters;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** One thread's part of a slice: trains device after device, each from the same base, until the time is up. */
final class Trainee implements Callable<Trainee.Done>, AutoCloseable {

    private static final double LEARNING_RATE = 0.05;

    private final LocalSettings settings;
    private final RandomExamples examples;
    private final LocalTrainer trainer;
    private final Parameters base;
    private final Parameters weights;
    private final Seeds seeds;
    private final long sliceNanos;

    private long device;

    /** What a slice came to; {@code seconds} is this thread's own, as a training in flight is finished. */
    record Done(long steps, double seconds, long allocatedBytes) {}

    Trainee(Workload workload, Architecture architecture, long seed, long sliceNanos) {
        this.seeds = new Seeds(seed);
        this.settings = new LocalSettings(1, workload.batchSize(), LEARNING_RATE, 0, 0, 0, true);
        this.examples = new RandomExamples(
                workload.examples(), workload.width(), workload.classes(), seeds.of(Purpose.GENERATE_DATA));
        this.trainer = new LocalTrainer(architecture);
        this.base =
                Parameters.of(architecture.initial(workload.model().initializer(), seeds.of(Purpose.INITIAL_MODEL)));
        this.weights = Parameters.allocate(architecture.layout());
        this.sliceNanos = sliceNanos;
    }

    @Override
    public Done call() {
        long steps = 0;
        long allocated = allocatedBytes();
        long start = System.nanoTime();
        long now = start;
        while (now - start < sliceNanos) {
            LocalResult result = trainer.train(
                    base, weights, examples, settings, Integer.MAX_VALUE, seeds.of(Purpose.SHUFFLE, device++));
            if (result.diverged()) {
                throw new IllegalStateException("the benchmark diverged at step " + result.divergedAtStep());
            }
            steps += result.steps();
            now = System.nanoTime();
        }
        return new Done(steps, (now - start) / 1e9, allocatedBytes() - allocated);
    }

    /** By this thread since it started; 0 on JVMs that do not count. */
    private static long allocatedBytes() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean counting
                ? counting.getThreadAllocatedBytes(Thread.currentThread().getId())
                : 0;
    }

    @Override
    public void close() {
        trainer.close();
        base.close();
        weights.close();
    }
}
