package dev.starling.store.form;

/**
 * Float32 bits as integers on which differences are exact. A subtraction of floats rounds, so that base + (trained − base)
 * may differ from trained; a wrapping subtraction of integers never does, and keeps the bits of NaNs and of −0.
 */
final class FloatOrder {

    private FloatOrder() {}

    /**
     * Bits of a float to an integer that grows as the float does (−0 just below 0), so that close floats have close
     * integers, also across zero: sign and magnitude become two's complement. Its own inverse.
     */
    static int ordered(int bits) {
        return bits ^ ((bits >> 31) & 0x7FFF_FFFF);
    }

    /** 0, −1, 1, −2 … to 0, 1, 2, 3 …: small differences of either sign have zero high bytes. */
    static int zigzag(int difference) {
        return (difference << 1) ^ (difference >> 31);
    }

    static int unzigzag(int code) {
        return (code >>> 1) ^ -(code & 1);
    }

    /** What leads from {@code against} to {@code bits}, both the bits of floats; 0 if they are the same. */
    static int difference(int bits, int against) {
        return zigzag(ordered(bits) - ordered(against));
    }

    /** The inverse: the bits that {@code difference} leads to. */
    static int applied(int difference, int against) {
        return ordered(ordered(against) + unzigzag(difference));
    }
}
