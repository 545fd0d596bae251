package dev.starling.cli;

import dev.starling.metrics.RunControl;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C (or a polite kill) into a stop of the run, and holds the JVM until its results are written. The JVM
 * then exits by itself with 128 + the signal's number.
 */
final class Interrupts implements AutoCloseable {

    /** A stop gives up the running round; this is for disks and networks that hang. */
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch written = new CountDownLatch(1);
    private final RunControl control;
    private final PrintStream err;
    private final Thread hook = new Thread(this::stop, "starling-interrupt");

    private volatile boolean interrupted;

    private Interrupts(RunControl control, PrintStream err) {
        this.control = control;
        this.err = err;
    }

    static Interrupts watch(RunControl control, PrintStream err) {
        Interrupts interrupts = new Interrupts(control, err);
        Runtime.getRuntime().addShutdownHook(interrupts.hook);
        return interrupts;
    }

    boolean interrupted() {
        return interrupted;
    }

    /** Everything is written: nothing to hold the JVM for. */
    @Override
    public void close() {
        written.countDown();
        if (!interrupted) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is on its way down already; the hook finds the latch open.
            }
        }
    }

    private void stop() {
        interrupted = true;
        err.println();
        err.println("stopping; results so far are kept");
        err.flush();
        control.stop();
        try {
            if (!written.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                err.println("gave up waiting for the run to stop after " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
