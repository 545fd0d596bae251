package dev.starling.base;

/**
 * A random order of {@code 0 … size−1} that is computed place by place and stored nowhere: a Feistel network over the
 * next even number of bits (Luby and Rackoff, SIAM J. Comput. 17(2), 1988), walked along its cycles until it lands
 * inside (Black and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002). Every place takes constant time,
 * whatever the size.
 */
public final class KeyedPermutation {

    /** Four rounds of a good round function pass for random; more would only cost. */
    private static final int ROUNDS = 4;

    private final int size;
    private final int halfBits;
    private final int halfMask;
    private final long[] keys = new long[ROUNDS];

    /** Throws IllegalArgumentException if {@code size} is below 1. */
    public KeyedPermutation(int size, Rng rng) {
        if (size < 1) {
            throw new IllegalArgumentException("a permutation must have at least 1 place, got " + size);
        }
        this.size = size;
        int bits = Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
        this.halfBits = (bits + 1) / 2;
        this.halfMask = (1 << halfBits) - 1;
        for (int i = 0; i < ROUNDS; i++) {
            keys[i] = rng.nextLong();
        }
    }

    public int size() {
        return size;
    }

    /** What stands at {@code place}, 0 to size−1; different places give different values. */
    public int at(int place) {
        if (place < 0 || place >= size) {
            throw new IllegalArgumentException("place must be 0 to " + (size - 1) + ", got " + place);
        }
        long value = place;
        do {
            value = crossed(value);
        } while (value >= size);
        return (int) value;
    }

    private long crossed(long value) {
        long left = value >>> halfBits;
        long right = value & halfMask;
        for (long key : keys) {
            long next = left ^ (Rng.mix(right ^ key) & halfMask);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }
}
