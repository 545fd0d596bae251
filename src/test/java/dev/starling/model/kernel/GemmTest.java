package dev.starling.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.starling.base.Purpose;
import dev.starling.base.Rng;
import dev.starling.base.Seeds;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every gemm against sums in float64, over random shapes, transpositions and places in memory. */
class GemmTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "openblas", "onednn", "shaped"})
    void multiplies(String library) {
        assumeThat(library.equals("openblas") && !NativeLibrary.OPENBLAS.available())
                .isFalse();
        assumeThat(library.equals("onednn") && !NativeLibrary.ONEDNN.available())
                .isFalse();
        Gemm gemm = switch (library) {
            case "plain" -> new PlainGemm();
            case "openblas" -> new OpenBlasGemm();
            case "onednn" -> new OneDnnGemm();
            default -> Kernels.fastest().gemm();
        };
        for (long seed = 1; seed <= 60; seed++) {
            check(gemm, new Seeds(seed).of(Purpose.PARTITION), seed);
        }
    }

    private static void check(Gemm gemm, Rng rng, long seed) {
        int m = 1 + rng.nextInt(40);
        int n = 1 + rng.nextInt(70);
        int k = 1 + rng.nextInt(seed % 4 == 0 ? 600 : 90);
        boolean transposeA = rng.nextInt(2) == 0;
        boolean transposeB = rng.nextInt(2) == 0;
        float beta = new float[] {0f, 1f, 0.5f}[rng.nextInt(3)];
        int aAt = rng.nextInt(20);
        int bAt = rng.nextInt(20);
        int cAt = rng.nextInt(20);
        try (FloatMemory a = filled(aAt + m * k, rng);
                FloatMemory b = filled(bAt + k * n, rng);
                FloatMemory c = filled(cAt + m * n + 5, rng);
                FloatMemory before = FloatMemory.allocate(c.count())) {
            before.copy(0, c, 0, c.count());
            if (beta == 0f) {
                c.put(cAt, Float.NaN); // must be overwritten, not multiplied by 0
            }
            gemm.multiply(transposeA, transposeB, m, n, k, a, aAt, b, bAt, beta, c, cAt);
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = beta * before.get(cAt + i * n + j);
                    for (int p = 0; p < k; p++) {
                        sum += (double) a.get(aAt + (transposeA ? p * m + i : i * k + p))
                                * b.get(bAt + (transposeB ? j * k + p : p * n + j));
                    }
                    assertThat((double) c.get(cAt + i * n + j))
                            .as("seed %d", seed)
                            .isCloseTo(sum, Offset.offset(2e-5 * Math.max(1, k / 90.0)));
                }
            }
            for (int i = cAt + m * n; i < c.count(); i++) {
                assertThat(c.get(i)).isEqualTo(before.get(i));
            }
        }
    }

    private static FloatMemory filled(int count, Rng rng) {
        FloatMemory memory = FloatMemory.allocate(count);
        for (int i = 0; i < count; i++) {
            memory.put(i, (float) rng.nextGaussian());
        }
        return memory;
    }
}
