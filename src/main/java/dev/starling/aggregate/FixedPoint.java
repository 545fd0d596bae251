package dev.starling.aggregate;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Rounds a weighted delta to whole units of fixed point, block by block. Blocks are small enough for the first-level
 * cache; the loops are plain loops over heap arrays, the form that the JIT compiler vectorises or at least unrolls.
 *
 * <p>Not thread-safe: holds scratch space.
 */
final class FixedPoint {

    static final int BLOCK = 1024;

    /** Largest change of one value, ±2^20. */
    static final float LIMIT = 1 << 20;

    /**
     * 1.5 · 2^52: adding it to |x| < 2^51 rounds x half-even to an integer, which then stands in the low bits of the
     * sum. One addition instead of a conversion that the JVM must guard against overflow and NaN.
     */
    private static final double ROUNDER = 0x1.8p52;

    private static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);

    /** Below this a float just beyond the limit could round to a unit within it; such weights do not occur. */
    private static final int MIN_QUICK_BITS = 23;

    private static final int MAX_QUICK_BITS = 51;

    private final float[] deltas = new float[BLOCK];
    private final float[] bases = new float[BLOCK];
    private final long[] units = new long[BLOCK];

    /** What {@link #round} wrote. */
    long[] units() {
        return units;
    }

    /**
     * Rounds {@code scale} · (values − base), for {@code length} ≤ {@link #BLOCK} values from index {@code from} of
     * both buffers, half-even to whole units; false if a change is not finite or beyond the limit.
     */
    boolean round(double scale, FloatBuffer values, @Nullable FloatBuffer base, int from, int length) {
        load(values, base, from, length);
        // Units within ±2^quickBits are surely both rounded well and within the limit.
        int quickBits = Math.min(MAX_QUICK_BITS, Math.getExponent(LIMIT * scale));
        return (quickBits >= MIN_QUICK_BITS && roundQuickly(scale, 1L << quickBits, length))
                || roundCarefully(scale, length);
    }

    private boolean roundQuickly(double scale, long range, int length) {
        float[] from = deltas;
        long[] to = units;
        // Any bit left of the range tells of a value that is too large, infinite or NaN.
        long outside = 0;
        for (int i = 0; i < length; i++) {
            long unit = Double.doubleToRawLongBits(from[i] * scale + ROUNDER) - ROUNDER_BITS;
            to[i] = unit;
            outside |= unit + range;
        }
        return (outside & -(range << 1)) == 0;
    }

    private boolean roundCarefully(double scale, int length) {
        for (int i = 0; i < length; i++) {
            if (!(Math.abs(deltas[i]) <= LIMIT)) {
                return false;
            }
            units[i] = (long) Math.rint(deltas[i] * scale);
        }
        return true;
    }

    private void load(FloatBuffer values, @Nullable FloatBuffer base, int from, int length) {
        values.get(values.position() + from, deltas, 0, length);
        if (base != null) {
            base.get(base.position() + from, bases, 0, length);
            for (int i = 0; i < length; i++) {
                deltas[i] -= bases[i];
            }
        }
    }

    /** Why {@link #round} refused the block of {@code length} values from {@code from} that it was last called with. */
    String reason(int from, int length) {
        int i = 0;
        while (i < length - 1 && Math.abs(deltas[i]) <= LIMIT) {
            i++;
        }
        return "a delta must be finite and within ±" + (int) LIMIT + ", got " + deltas[i] + " for parameter "
                + (from + i);
    }
}
