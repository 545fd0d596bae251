package dev.starling.model.kernel;

/**
 * Picks the library by shape. The rule is fixed, not measured at start-up: every node of a run must add in the same
 * order. It was read off measurements on two AVX-512 machines (see {@code GemmBenchmark} in the tests).
 */
final class ShapedGemm implements Gemm {

    /** Multiply-adds up to which the price of a call decides: OpenBLAS calls are cheaper. */
    private static final long TINY = 40_000;

    /** Values of an updated matrix above which it streams through the caches. */
    private static final long STREAMED = 500_000;

    private final Gemm openBlas;
    private final Gemm oneDnn;

    ShapedGemm(Gemm openBlas, Gemm oneDnn) {
        this.openBlas = openBlas;
        this.oneDnn = oneDnn;
    }

    @Override
    public void multiply(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            FloatMemory a,
            int aAt,
            FloatMemory b,
            int bAt,
            float beta,
            FloatMemory c,
            int cAt) {
        boolean tiny = (long) m * n * k <= TINY;
        // With other factors, OpenBLAS passes over C twice.
        boolean streamedUpdate = transposeA && (long) m * n >= STREAMED && beta == 1f;
        boolean cut = !OneDnnGemm.suits(transposeA, transposeB, m, k);
        Gemm gemm = tiny || streamedUpdate || cut ? openBlas : oneDnn;
        gemm.multiply(transposeA, transposeB, m, n, k, a, aAt, b, bAt, beta, c, cAt);
    }
}
