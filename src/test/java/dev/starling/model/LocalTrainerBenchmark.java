package dev.starling.model;

import dev.starling.model.kernel.Kernels;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One local training of ten steps, with the native libraries or with plain loops. Started like {@code GemmBenchmark}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LocalTrainerBenchmark {

    private static final int STEPS = 10;

    @Param({"mlp(200,200)", "mnist-cnn", "lenet"})
    public String model = "";

    @Param({"true", "false"})
    public boolean nativeLibraries;

    @Param({"0", "0.9"})
    public double momentum;

    private Architecture architecture = architecture("lenet");
    private LocalTrainer trainer = new LocalTrainer(architecture);
    private Parameters base = Parameters.allocate(architecture.layout());
    private Parameters weights = Parameters.allocate(architecture.layout());
    private ArrayExamples examples = TestModels.examples(architecture, 1, 1);
    private LocalSettings settings = new LocalSettings(1, 10, 0.01, 0, 0, 0, true);

    private static Architecture architecture(String name) {
        return Architecture.of(
                new ModelSettings(NamedModels.layers(name, 10), Loss.CROSS_ENTROPY, Initializer.HE),
                List.of(1, 28, 28),
                10);
    }

    @Setup
    public void prepare() {
        free();
        architecture = architecture(model);
        trainer = new LocalTrainer(architecture, nativeLibraries ? Kernels.fastest() : Kernels.plain());
        base = Parameters.of(TestModels.randomised(architecture, 1));
        weights = Parameters.allocate(architecture.layout());
        examples = TestModels.examples(architecture, 10 * STEPS, 1);
        settings = new LocalSettings(1, 10, 0.01, momentum, 0, 0, true);
    }

    @Benchmark
    public LocalResult tenSteps() {
        return trainer.train(base, weights, examples, settings, STEPS, TestModels.shuffle(1));
    }

    @TearDown
    public void free() {
        trainer.close();
        base.close();
        weights.close();
    }
}
