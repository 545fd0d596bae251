package dev.starling.cli.drill;

import java.io.IOException;
import java.time.Duration;

/** How long a drill waits for what must happen. */
record Patience(Duration limit) {

    private static final long LOOK_MILLIS = 50;

    /** What must become true. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    /** Returns when {@code condition} holds; throws DrillFailure, naming {@code what}, if it takes too long. */
    void await(String what, Condition condition) throws IOException, InterruptedException {
        await(what, LOOK_MILLIS, condition);
    }

    /** The same, looking every {@code lookMillis}. */
    void await(String what, long lookMillis, Condition condition) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new DrillFailure("waited " + limit.toSeconds() + " s in vain until " + what);
            }
            Thread.sleep(lookMillis);
        }
    }
}
