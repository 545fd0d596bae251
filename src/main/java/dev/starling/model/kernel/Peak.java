package dev.starling.model.kernel;

import java.util.function.LongSupplier;

/** The yardstick of this machine: how fast one thread multiplies large matrices with the best library here. */
public final class Peak {

    private static final int SIZE = 1024;

    private Peak() {}

    /**
     * GFLOP/s of the quickest of {@code repetitions} products 1024×1024×1024 in each native library, whichever is
     * quicker. Measures wall time.
     */
    public static double gflops(int repetitions, LongSupplier nanoTime) {
        double best = 0;
        if (NativeLibrary.OPENBLAS.available()) {
            best = Math.max(best, gflops(new OpenBlasGemm(), repetitions, nanoTime));
        }
        if (NativeLibrary.ONEDNN.available()) {
            best = Math.max(best, gflops(new OneDnnGemm(), repetitions, nanoTime));
        }
        return best > 0 ? best : gflops(new PlainGemm(), 1, nanoTime);
    }

    private static double gflops(Gemm gemm, int repetitions, LongSupplier nanoTime) {
        try (FloatMemory a = FloatMemory.allocate(SIZE * SIZE);
                FloatMemory b = FloatMemory.allocate(SIZE * SIZE);
                FloatMemory c = FloatMemory.allocate(SIZE * SIZE)) {
            for (int i = 0; i < SIZE * SIZE; i++) {
                a.put(i, i % 7);
                b.put(i, i % 5);
            }
            long quickest = Long.MAX_VALUE;
            for (int r = 0; r <= repetitions; r++) {
                long start = nanoTime.getAsLong();
                gemm.multiply(false, false, SIZE, SIZE, SIZE, a, 0, b, 0, 0f, c, 0);
                quickest = Math.min(quickest, nanoTime.getAsLong() - start);
            }
            return 2.0 * SIZE * SIZE * SIZE / quickest;
        }
    }
}
