package dev.starling.cli.processes;

import java.io.IOException;
import java.time.Duration;

/** How long what must happen is waited for. */
public record Patience(Duration limit) {

    private static final long LOOK_MILLIS = 50;

    /** What must become true. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException;
    }

    /** Returns when {@code condition} holds; throws ProcessFailure, naming {@code what}, if it takes too long. */
    public void await(String what, Condition condition) throws IOException, InterruptedException {
        await(what, LOOK_MILLIS, condition);
    }

    /** The same, looking every {@code lookMillis}. */
    public void await(String what, long lookMillis, Condition condition) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new ProcessFailure("waited " + limit.toSeconds() + " s in vain until " + what);
            }
            Thread.sleep(lookMillis);
        }
    }
}
