package dev.starling.model.kernel;

/** Matrix products on row-major, dense float32 matrices. An instance belongs to one thread. */
public interface Gemm {

    /**
     * {@code C := op(A) · op(B) + beta · C}, with op(A) of shape {@code [m, k]}, op(B) {@code [k, n]}, C {@code [m, n]}.
     * A matrix starts at value {@code aAt} of its memory; {@code transposeA} says that it is stored {@code [k, m]}. With
     * beta 0, C is only written.
     */
    void multiply(
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
            int cAt);
}
