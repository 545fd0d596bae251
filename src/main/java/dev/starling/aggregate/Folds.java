package dev.starling.aggregate;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fold of the running round on this node. The first device to report opens it, so no message has to arrive before
 * another; a later round, or a later attempt at the same round, takes its place.
 */
public final class Folds {

    private final Supplier<RoundFold> newFold;
    private RoundKey key = new RoundKey(0, 0);
    private @Nullable RoundFold current;

    public Folds(Supplier<RoundFold> newFold) {
        this.newFold = newFold;
    }

    /** The fold of a round; null if a later one has already taken its place. */
    public synchronized @Nullable RoundFold of(RoundKey wanted) {
        if (wanted.isBefore(key)) {
            return null;
        }
        RoundFold fold = current;
        if (fold == null || !wanted.equals(key)) {
            fold = newFold.get();
            current = fold;
            key = wanted;
        }
        return fold;
    }

    /** Forgets the fold of a round whose sum has been collected. */
    synchronized void forget(RoundKey done) {
        if (done.equals(key)) {
            current = null;
            key = new RoundKey(done.round(), done.attempt() + 1);
        }
    }
}
