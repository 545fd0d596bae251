package dev.starling.model.kernel;

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

/**
 * The products of one training step in each library: what the rule in {@link ShapedGemm} was read off. Run with {@code
 * mvn test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.openjdk.jmh.Main
 * -Dexec.args=GemmBenchmark}, or any other way to start JMH's main class on the test class path.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GemmBenchmark {

    @Param({"openblas", "onednn", "plain"})
    public String library = "";

    /** op(A)op(B) m×n×k beta. */
    @Param({
        "NT 10 200 784 0",
        "TN 200 784 10 1",
        "NN 10 200 200 0",
        "NT 10 512 3136 0",
        "TN 512 3136 10 1",
        "NT 10 10 60 0",
        "TN 10 60 10 1",
        "NT 500 200 784 0"
    })
    public String product = "";

    private Gemm gemm = new PlainGemm();
    private boolean transposeA;
    private boolean transposeB;
    private int m;
    private int n;
    private int k;
    private float beta;
    private FloatMemory a = FloatMemory.allocate(0);
    private FloatMemory b = FloatMemory.allocate(0);
    private FloatMemory c = FloatMemory.allocate(0);

    @Setup
    public void prepare() {
        gemm = library.equals("plain") ? gemm : library.equals("onednn") ? new OneDnnGemm() : new OpenBlasGemm();
        NativeLibrary.OPENBLAS.available();
        NativeLibrary.ONEDNN.available();
        String[] words = product.split(" ", -1);
        transposeA = words[0].charAt(0) == 'T';
        transposeB = words[0].charAt(1) == 'T';
        m = Integer.parseInt(words[1]);
        n = Integer.parseInt(words[2]);
        k = Integer.parseInt(words[3]);
        beta = Float.parseFloat(words[4]);
        a = FloatMemory.allocate(m * k);
        b = FloatMemory.allocate(k * n);
        c = FloatMemory.allocate(m * n);
    }

    @Benchmark
    public void multiply() {
        gemm.multiply(transposeA, transposeB, m, n, k, a, 0, b, 0, beta, c, 0);
    }

    @TearDown
    public void free() {
        a.close();
        b.close();
        c.close();
    }
}
