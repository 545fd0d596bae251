package dev.starling.model.kernel;

import org.bytedeco.openblas.global.openblas_nolapack;

/** OpenBLAS: quickest for tiny products and for updates of matrices beyond the second-level cache. */
final class OpenBlasGemm implements Gemm {

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
        openblas_nolapack.cblas_sgemm(
                openblas_nolapack.CblasRowMajor,
                transposeA ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                transposeB ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                m,
                n,
                k,
                1f,
                aWindow.moveTo(a.address(aAt)),
                transposeA ? m : k,
                bWindow.moveTo(b.address(bAt)),
                transposeB ? k : n,
                beta,
                cWindow.moveTo(c.address(cAt)),
                n);
    }
}
