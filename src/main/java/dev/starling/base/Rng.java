package dev.starling.base;

/**
 * A stream of random numbers that is the same on every JDK and machine: SplitMix64 (Steele, Lea and Flood, OOPSLA
 * 2014) with samplers written against {@link StrictMath}. The JDK's own generators do not promise how many numbers a
 * Gaussian draws.
 *
 * <p>Not thread-safe; a stream belongs to whoever asked {@link Seeds} for it.
 */
public final class Rng {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

    private long state;
    private double spareGaussian = Double.NaN;

    Rng(long state) {
        this.state = state;
    }

    /** The finalizer of SplitMix64: a bijection on 64 bits that spreads every input bit over the output. */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform over all 64-bit values. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** What {@link #nextDouble} would return after {@code place} ≥ 0 other numbers, at the price of one; draws none. */
    public double doubleAt(int place) {
        return (mix(state + (place + 1) * GOLDEN_GAMMA) >>> 11) * TWO_TO_MINUS_53;
    }

    /** Uniform over {@code [0, bound)}; throws if {@code bound} is not positive. */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be > 0, got " + bound);
        }
        // Rejection on the high 31 bits (Lemire 2019 without the multiply trick): exactly uniform.
        int limit = Integer.MAX_VALUE - (int) ((1L << 31) % bound);
        int bits;
        do {
            bits = (int) (nextLong() >>> 33);
        } while (bits > limit);
        return bits % bound;
    }

    /** Uniform over {@code [0, 1)} in steps of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * TWO_TO_MINUS_53;
    }

    /** Uniform over {@code [low, high)}. */
    public double uniform(double low, double high) {
        return low + (high - low) * nextDouble();
    }

    /** Standard normal, by the polar method of Marsaglia and Bray (SIAM Review, 1964). */
    public double nextGaussian() {
        if (!Double.isNaN(spareGaussian)) {
            double spare = spareGaussian;
            spareGaussian = Double.NaN;
            return spare;
        }
        double u;
        double v;
        double s;
        do {
            u = 2 * nextDouble() - 1;
            v = 2 * nextDouble() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
        spareGaussian = v * factor;
        return u * factor;
    }

    /** Log-normal: exp(mu + sigma · N(0, 1)). */
    public double nextLogNormal(double mu, double sigma) {
        return StrictMath.exp(mu + sigma * nextGaussian());
    }

    /**
     * Gamma with the given shape and scale 1 (Marsaglia and Tsang, ACM TOMS 2000); throws if {@code shape} is not
     * positive. Normalised draws of {@code nextGamma(alpha)} are Dirichlet(alpha).
     */
    public double nextGamma(double shape) {
        if (!(shape > 0)) {
            throw new IllegalArgumentException("shape must be > 0, got " + shape);
        }
        if (shape < 1) {
            return nextGamma(shape + 1) * StrictMath.pow(1 - nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = nextGaussian();
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                double u = 1 - nextDouble();
                if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                    return d * v;
                }
            }
        }
    }

    /** Puts {@code values[0, length)} into uniformly random order (Fisher–Yates). */
    public void shuffle(int[] values, int length) {
        for (int i = length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }

    /** A uniformly random permutation of {@code 0 … length-1}. */
    public int[] permutation(int length) {
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            order[i] = i;
        }
        shuffle(order, length);
        return order;
    }
}
