package dev.starling.model.kernel;

import org.bytedeco.dnnl.global.dnnl;

/** oneDNN: does not pack the weights at every call, so it is quickest for small batches against large matrices. */
final class OneDnnGemm implements Gemm {

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
        int status = dnnl.dnnl_sgemm(
                (byte) (transposeA ? 'T' : 'N'),
                (byte) (transposeB ? 'T' : 'N'),
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
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("oneDNN sgemm " + m + "×" + n + "×" + k + " failed with status " + status);
        }
    }
}
