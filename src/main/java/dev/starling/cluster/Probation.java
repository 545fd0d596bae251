package dev.starling.cluster;

import java.util.Optional;

/**
 * How long a connection is waited for. Time is counted in ticks that this node has seen, not by the clock: a node that
 * was stopped for a while must not blame the others for it.
 */
final class Probation {

    /** After so many ticks without what was waited for, a connection is closed. */
    static final int TICKS = 10;

    private boolean settled;
    private int ticks;
    private long received;

    /** Whether the other end has shown that it is a node. */
    boolean isSettled() {
        return settled;
    }

    /** The other end is a node that this one has met: it may be silent for as long as it likes. */
    void settle() {
        settled = true;
        ticks = 0;
    }

    /**
     * Why the connection is to be closed, if it is.
     *
     * @param known whether this node has met the node at the other end
     * @param bytes that have been received, ever
     * @param within whether those that were received last are the beginning of a frame whose rest is waited for
     */
    Optional<String> tick(boolean known, long bytes, boolean within) {
        if (!settled && known) {
            settle();
        }
        if (settled && !known) {
            return Optional.of("its node is gone");
        }
        boolean progress = settled && (!within || bytes != received);
        received = bytes;
        ticks = progress ? 0 : ticks + 1;
        if (ticks < TICKS) {
            return Optional.empty();
        }
        return Optional.of(settled ? "it stopped within a frame" : "it did not show in time that it is of a node");
    }
}
