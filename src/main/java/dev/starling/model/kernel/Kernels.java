package dev.starling.model.kernel;

/**
 * The kernels of one thread.
 *
 * @param gemm matrix products
 * @param oneDnn whether layers may use oneDNN's own primitives
 */
public record Kernels(Gemm gemm, boolean oneDnn) {

    /** What this machine has, chosen per shape. */
    public static Kernels fastest() {
        return with(NativeLibrary.OPENBLAS.available(), NativeLibrary.ONEDNN.available());
    }

    /** Kernels for a machine that has these libraries. */
    static Kernels with(boolean openBlas, boolean oneDnn) {
        if (openBlas && oneDnn) {
            return new Kernels(new ShapedGemm(new OpenBlasGemm(), new OneDnnGemm()), true);
        } else if (openBlas) {
            return new Kernels(new OpenBlasGemm(), false);
        }
        return oneDnn ? new Kernels(new OneDnnGemm(), true) : plain();
    }

    /** Java loops only. */
    public static Kernels plain() {
        return new Kernels(new PlainGemm(), false);
    }
}
