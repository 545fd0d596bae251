package dev.starling.base;

/**
 * The one source of randomness of a run: streams keyed by (seed, purpose, keys), never by call order. Whoever asks
 * with the same key gets the same numbers, on any node and thread.
 */
public record Seeds(long seed) {

    /** The stream for {@code purpose}, further keyed by for example device and round. */
    public Rng of(Purpose purpose, long... keys) {
        long state = Rng.mix(seed ^ 0x5354_4152_4C49_4E47L);
        state = Rng.mix(state * 31 + purpose.code());
        for (long key : keys) {
            state = Rng.mix(state * 31 + key + 1);
        }
        return new Rng(state);
    }
}
