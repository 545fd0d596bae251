package dev.starling.aggregate;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Time to fold one delta into an {@link ExactSum}; divide by the parameters. Run {@link #main}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExactSumBenchmark {

    /** 60→10 logistic, 784→10 logistic, 784-200-200-10, the MNIST CNN. */
    @Param({"610", "7850", "199210", "1663370"})
    int parameters;

    private ExactSum sum = new ExactSum(0);
    private FloatBuffer trained = FloatBuffer.allocate(0);
    private FloatBuffer base = FloatBuffer.allocate(0);

    @Setup
    public void setUp() {
        Rng rng = new Seeds(1).of(Purpose.SHUFFLE);
        sum = new ExactSum(parameters);
        trained = direct();
        base = direct();
        for (int i = 0; i < parameters; i++) {
            base.put(i, (float) rng.nextGaussian());
            trained.put(i, base.get(i) + (float) (0.01 * rng.nextGaussian()));
        }
    }

    private FloatBuffer direct() {
        return ByteBuffer.allocateDirect(4 * parameters)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** A weight so small that the sum of weights stays within its limit for the whole run. */
    @Benchmark
    public Optional<String> foldDelta() {
        return sum.add(1e-9, trained, base);
    }

    @Benchmark
    public Optional<String> foldGradient() {
        return sum.add(1e-9, trained);
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(ExactSumBenchmark.class.getSimpleName())
                        .build())
                .run();
    }
}
