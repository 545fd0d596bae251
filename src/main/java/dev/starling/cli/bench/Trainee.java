package dev.starling.cli.bench;

import dev.starling.base.Purpose;
import dev.starling.base.Seeds;
import dev.starling.base.SimTime;
import dev.starling.data.Augmentation;
import dev.starling.device.BaseModel;
import dev.starling.device.LocalTraining;
import dev.starling.device.Work;
import dev.starling.device.Workbench;
import dev.starling.model.Architecture;
import dev.starling.model.LocalResult;
import dev.starling.model.LocalSettings;
import dev.starling.model.Snapshot;
import dev.starling.store.ModelRoot;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/**
 * One thread's part of a slice: trains device after device, each from the same base and by the code of the devices, or
 * evaluates, until the time is up.
 */
final class Trainee implements Callable<Trainee.Done>, AutoCloseable {

    static final SimTime START = new SimTime(0);

    /** Small: the examples are noise, and whatever is trained on them must not diverge. */
    private static final double LEARNING_RATE = 0.01;

    private final boolean evaluation;
    private final RandomExamples examples;
    private final LocalTraining training;
    private final Workbench bench;
    private final BaseModel base;
    private final long sliceNanos;

    private int device;

    /** What a slice came to; {@code seconds} is this thread's own, as a training in flight is finished. */
    record Done(long steps, double seconds, long allocatedBytes) {}

    Trainee(Workload workload, Architecture architecture, long seed, long sliceNanos) {
        Seeds seeds = new Seeds(seed);
        this.evaluation = workload.evaluation();
        this.examples = new RandomExamples(workload.examples(), workload.shape(), seeds.of(Purpose.GENERATE_DATA));
        this.training = new LocalTraining(
                seeds,
                new BenchData(workload.shape(), examples).views(seeds),
                new LocalSettings(1, workload.batchSize(), LEARNING_RATE, 0, 0, 0, true),
                Augmentation.NONE);
        this.bench = new Workbench(architecture);
        Snapshot first = architecture.initial(workload.model().initializer(), seeds.of(Purpose.INITIAL_MODEL));
        this.base = new BaseModel(0, ModelRoot.of(first), first);
        this.sliceNanos = sliceNanos;
    }

    @Override
    public Done call() {
        long steps = 0;
        long allocated = allocatedBytes();
        long start = System.nanoTime();
        long now = start;
        while (now - start < sliceNanos) {
            steps += evaluation ? evaluate() : train();
            now = System.nanoTime();
        }
        return new Done(steps, (now - start) / 1e9, allocatedBytes() - allocated);
    }

    private int train() {
        LocalResult result = training.train(bench, base, device++, new Work(1, 0, Integer.MAX_VALUE, START));
        if (result.diverged()) {
            throw new IllegalStateException("the benchmark diverged at step " + result.divergedAtStep());
        }
        return result.steps();
    }

    /** One pass over all examples is one step. */
    private int evaluate() {
        bench.evaluator().evaluate(bench.evaluated(base.weights()), examples, 0, examples.count());
        return 1;
    }

    /** By this thread since it started; 0 on JVMs that do not count. */
    private static long allocatedBytes() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean counting
                ? counting.getThreadAllocatedBytes(Thread.currentThread().getId())
                : 0;
    }

    @Override
    public void close() {
        bench.close();
    }
}
