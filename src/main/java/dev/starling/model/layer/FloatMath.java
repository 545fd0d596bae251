package dev.starling.model.layer;

/**
 * Exponentials in float32 without branches: several times quicker than {@link Math#exp}, with a relative error below
 * 2e-7, and the same bits interpreted or compiled. NaN stays NaN.
 */
final class FloatMath {

    private static final float LOG2_E = 1.442695f;
    private static final float LN2_HIGH = 0.6933594f;
    private static final float LN2_LOW = -0.00021219444f;
    /** 1.5 × 2^23: adding it rounds to an integer, which then stands in the low bits. */
    private static final float ROUNDING = 12_582_912f;

    private static final float HALF_ROOT = 0.70710677f;
    private static final float GAUSSIAN = 0.3989423f;

    private FloatMath() {}

    /** e^x with x clamped to [−87, 88]; Cody–Waite reduction, Cephes' polynomial ({@code expf}). */
    static float exp(float x) {
        float clamped = Math.max(-87f, Math.min(88f, x));
        float rounded = clamped * LOG2_E + ROUNDING;
        float power = rounded - ROUNDING;
        float r = clamped - power * LN2_HIGH - power * LN2_LOW;
        float polynomial = 0.00019875691f;
        polynomial = polynomial * r + 0.0013981999f;
        polynomial = polynomial * r + 0.008333452f;
        polynomial = polynomial * r + 0.041665796f;
        polynomial = polynomial * r + 0.16666666f;
        polynomial = polynomial * r + 0.5f;
        float e = polynomial * r * r + r + 1f;
        return e * Float.intBitsToFloat((Float.floatToRawIntBits(rounded) << 23) + 0x3F80_0000);
    }

    /** 1 ÷ (1 + e^−x). */
    static float sigmoid(float x) {
        return 1f / (1f + exp(-x));
    }

    /** Hyperbolic tangent; a Taylor series near zero, where the exponentials would cancel. */
    static float tanh(float x) {
        float square = x * x;
        if (square < 0.01f) {
            return x * (1f + square * (-1f / 3 + square * (2f / 15 + square * (-17f / 315))));
        }
        return 1f - 2f / (exp(2f * x) + 1f);
    }

    /** Gaussian distribution function, to 1e-7; Abramowitz and Stegun 1964, 7.1.26. */
    static float gaussian(float x) {
        float z = Math.abs(x) * HALF_ROOT;
        float t = 1f / (1f + 0.3275911f * z);
        float polynomial = 1.0614054f;
        polynomial = polynomial * t - 1.4531521f;
        polynomial = polynomial * t + 1.4214138f;
        polynomial = polynomial * t - 0.28449672f;
        polynomial = polynomial * t + 0.2548296f;
        float tail = 0.5f * polynomial * t * exp(-z * z);
        return x < 0 ? tail : 1f - tail;
    }

    /** Gaussian density. */
    static float density(float x) {
        return GAUSSIAN * exp(-0.5f * x * x);
    }
}
