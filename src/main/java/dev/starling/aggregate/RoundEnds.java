package dev.starling.aggregate;

import dev.starling.metrics.KeptFigures;
import java.util.concurrent.CompletableFuture;

/** Told when a round ends on this node: what was made in it can be written down. */
public interface RoundEnds {

    /** Keeps nothing. */
    RoundEnds NONE = new RoundEnds() {
        @Override
        public CompletableFuture<Void> roundClosed() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Boolean> written() {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletableFuture<KeptFigures> settled() {
            return CompletableFuture.completedFuture(KeptFigures.NONE);
        }
    };

    /**
     * No more work of the round will count here; must not block. Completes when there is room to keep what another round
     * makes; fails if what this one made can never be written down.
     */
    CompletableFuture<Void> roundClosed();

    /**
     * Completes with true when everything so far is written down, and with false as soon as that has to wait for a store that is
     * away; fails if it cannot be, ever.
     */
    CompletableFuture<Boolean> written();

    /** Completes when everything so far is written down, with what that was; fails if it cannot be, ever. */
    CompletableFuture<KeptFigures> settled();
}
