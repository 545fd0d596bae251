package dev.starling.coordinator;

/**
 * How long a task may go unanswered until it is sent again. Usually that is long: devices may have much to train. When nodes
 * come or go, devices move, and tasks may go astray until everybody knows where to; then they are soon sent again.
 *
 * @param unsettledUntil milliseconds of wall time
 */
record TaskPatience(long unsettledUntil) {

    /** While nothing moves. */
    static final TaskPatience SETTLED = new TaskPatience(Long.MIN_VALUE);

    private static final long MILLIS = 20_000;

    /**
     * Devices move within a few seconds, or when a node that was to hand them over is given up: {@code rebalance-interval} and
     * {@code handoff-timeout} in conf/application.conf together.
     */
    private static final long UNSETTLED_MILLIS = 20_000;

    private static final long UNSETTLED_PATIENCE_MILLIS = 2_000;

    /** From when a node has come or gone. */
    static TaskPatience unsettled(long nowMillis) {
        return new TaskPatience(nowMillis + UNSETTLED_MILLIS);
    }

    /** The patience to have now. */
    long millis(long nowMillis) {
        return nowMillis < unsettledUntil ? UNSETTLED_PATIENCE_MILLIS : MILLIS;
    }
}
