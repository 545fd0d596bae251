package dev.starling.model.kernel;

import org.bytedeco.dnnl.global.dnnl;

/**
 * oneDNN: does not pack the weights at every call, so it is quickest for small batches against large matrices.
 *
 * <p>Long inner dimensions are cut into pieces that are added up. Otherwise oneDNN 3.11 packs into memory of its own and has
 * the stack pointer lead there meanwhile; a signal to the thread just then (Flight Recorder and other profilers send them)
 * would have the kernel write over the heap. Limits found by watching where handlers run, with AVX2 and AVX-512 kernels.
 */
final class OneDnnGemm implements Gemm {

    /** Longest inner dimension that any shape is packed on the stack for: 16 KiB of it. */
    static final int INNER = 80;

    /** The same where up to {@link #FEW_ROWS} rows meet a transposed matrix: with AVX-512 nothing is packed then. */
    private static final int INNER_OF_FEW_ROWS = 240;

    private static final int FEW_ROWS = 15;

    private final Window aWindow = new Window();
    private final Window bWindow = new Window();
    private final Window cWindow = new Window();

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
        int most = few(transposeA, transposeB, m) ? INNER_OF_FEW_ROWS : INNER;
        for (int from = 0; from == 0 || from < k; from += most) {
            int status = dnnl.dnnl_sgemm(
                    (byte) (transposeA ? 'T' : 'N'),
                    (byte) (transposeB ? 'T' : 'N'),
                    m,
                    n,
                    Math.min(most, k - from),
                    1f,
                    aWindow.moveTo(a.address(aAt + (transposeA ? from * m : from))),
                    transposeA ? m : k,
                    bWindow.moveTo(b.address(bAt + (transposeB ? from : from * n))),
                    transposeB ? k : n,
                    from == 0 ? beta : 1f,
                    cWindow.moveTo(c.address(cAt)),
                    n);
            if (status != dnnl.dnnl_success) {
                throw new IllegalStateException(
                        "oneDNN sgemm " + m + "×" + n + "×" + k + " failed with status " + status);
            }
        }
    }

    /** Whether the inner dimension may be {@link #INNER_OF_FEW_ROWS}. */
    private static boolean few(boolean transposeA, boolean transposeB, int m) {
        return !transposeA && transposeB && m <= FEW_ROWS;
    }

    /** Whether a product need not be cut into many pieces. */
    static boolean suits(boolean transposeA, boolean transposeB, int m, int k) {
        return k <= INNER || few(transposeA, transposeB, m);
    }
}
