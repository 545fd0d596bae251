package dev.starling.aggregate;

import java.util.concurrent.CompletableFuture;

/** Told when a round ends on this node: what was made in it can be written down. */
public interface RoundEnds {

    /** Keeps nothing. */
    RoundEnds NONE = new RoundEnds() {
        @Override
        public void roundClosed() {}

        @Override
        public CompletableFuture<Void> settled() {
            return CompletableFuture.completedFuture(null);
        }
    };

    /** No more work of the round will count here; must not block. */
    void roundClosed();

    /** Completes when everything so far is written down; fails if it cannot be, ever. */
    CompletableFuture<Void> settled();
}
