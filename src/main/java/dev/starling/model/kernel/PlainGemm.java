package dev.starling.model.kernel;

/**
 * Plain Java loops, for machines without the native libraries. The innermost loop runs over rows of B and C on heap
 * arrays, which the JIT vectorises; B is copied transposed when it is stored so.
 */
final class PlainGemm implements Gemm {

    private float[] aValues = new float[0];
    private float[] bValues = new float[0];
    private float[] cValues = new float[0];
    private float[] turned = new float[0];

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
        aValues = room(aValues, m * k);
        bValues = room(bValues, k * n);
        cValues = room(cValues, n);
        a.get(aAt, aValues, m * k);
        b.get(bAt, bValues, k * n);
        float[] rows = bValues;
        if (transposeB) {
            turned = room(turned, k * n);
            transpose(bValues, turned, n, k);
            rows = turned;
        }
        for (int i = 0; i < m; i++) {
            if (beta == 0) {
                java.util.Arrays.fill(cValues, 0, n, 0f);
            } else {
                c.get(cAt + i * n, cValues, n);
                scale(cValues, beta, n);
            }
            for (int p = 0; p < k; p++) {
                addRow(cValues, transposeA ? aValues[p * m + i] : aValues[i * k + p], rows, p * n, n);
            }
            c.put(cAt + i * n, cValues, n);
        }
    }

    private static void addRow(float[] sum, float factor, float[] rows, int at, int n) {
        for (int j = 0; j < n; j++) {
            sum[j] += factor * rows[at + j];
        }
    }

    private static void scale(float[] values, float factor, int n) {
        if (factor != 1f) {
            for (int j = 0; j < n; j++) {
                values[j] *= factor;
            }
        }
    }

    private static void transpose(float[] values, float[] into, int rows, int columns) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                into[c * rows + r] = values[r * columns + c];
            }
        }
    }

    private static float[] room(float[] values, int count) {
        return values.length >= count ? values : new float[count];
    }
}
