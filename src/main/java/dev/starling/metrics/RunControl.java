package dev.starling.metrics;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What people ask of a running run, from a signal handler, JMX or a test. The run attaches to it; what was asked
 * before that is not lost. Thread-safe.
 *
 * <pre>
 *   RUN  ── pause ──▶ PAUSE     PAUSE ── resume ──▶ RUN     RUN, PAUSE ── stop ──▶ STOP (final)
 * </pre>
 */
public final class RunControl {

    /** What the run should do. */
    public enum Wish {
        RUN,
        /** Finish the running round, then wait. */
        PAUSE,
        /** Give up the running round, keep what is committed, end. */
        STOP
    }

    private Wish wish = Wish.RUN;
    private @Nullable Consumer<Wish> taker;

    public synchronized Wish wish() {
        return wish;
    }

    public void pause() {
        change(Wish.PAUSE);
    }

    public void resume() {
        change(Wish.RUN);
    }

    public void stop() {
        change(Wish.STOP);
    }

    /**
     * From now on {@code taker} is told of every change, and at once if something was asked already. It is called
     * from any thread and must not block.
     */
    public synchronized void attach(Consumer<Wish> taker) {
        this.taker = taker;
        if (wish != Wish.RUN) {
            taker.accept(wish);
        }
    }

    private synchronized void change(Wish next) {
        if (wish == next || wish == Wish.STOP) {
            return;
        }
        wish = next;
        if (taker != null) {
            taker.accept(next);
        }
    }
}
