package dev.starling.store.sql;

import dev.starling.store.StoreException;
import dev.starling.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches in the order in which they come, on a thread of its own. While the store cannot be reached they wait
 * in memory and the writer tries again, at first after {@link #FIRST_PAUSE_MILLIS}, then after twice as long each
 * time, up to {@link #LONGEST_PAUSE_MILLIS}. A full queue makes {@link #put} wait: what learns faster than the store
 * writes is slowed down rather than memory filled. A batch that the store refuses for good ends the writer; nothing
 * is dropped silently.
 *
 * <p>Its thread is never interrupted: H2 closes its file if the thread that is writing it is.
 */
public final class QueuedWriter implements AutoCloseable {

    static final long FIRST_PAUSE_MILLIS = 100;
    static final long LONGEST_PAUSE_MILLIS = 10_000;

    /** The time that the writer goes by. */
    public interface Pace {
        long nowMillis();

        /** Waits; may return early if {@link #wake()} is called meanwhile. */
        void pause(long millis);

        /** Ends a pause. */
        void wake();
    }

    private final Consumer<WriteBatch> store;
    private final Pace pace;
    private final long capacity;
    private final Thread thread;
    private final Deque<WriteBatch> queue = new ArrayDeque<>();
    private long queued;
    private long written;
    private OptionalLong downSince = OptionalLong.empty();
    private int attempts;
    private String problem = "";
    private @Nullable RuntimeException failure;
    private boolean closing;

    /**
     * @param store writes a batch; throws StoreUnavailableException if that is to be tried again
     * @param capacity versions that may wait, at least 1; a larger batch is taken when nothing else waits
     */
    public QueuedWriter(Consumer<WriteBatch> store, Pace pace, long capacity, ThreadFactory threads) {
        if (capacity < 1) {
            throw new IllegalArgumentException("the queue must hold at least 1 version, got " + capacity);
        }
        this.store = store;
        this.pace = pace;
        this.capacity = capacity;
        this.thread = threads.newThread(this::work);
        thread.start();
    }

    /** Queues a batch; waits while the queue is full. Throws what ended the writer, if it has ended. */
    public synchronized void put(WriteBatch batch) throws InterruptedException {
        while (!fits(batch)) {
            wait();
        }
        add(batch);
    }

    /** Queues a batch if there is room, and says whether there was. Throws what ended the writer, if it has ended. */
    public synchronized boolean offer(WriteBatch batch) {
        if (!fits(batch)) {
            return false;
        }
        add(batch);
        return true;
    }

    private boolean fits(WriteBatch batch) {
        requireWorking();
        return queue.isEmpty() || queued + batch.versions().size() <= capacity;
    }

    private void add(WriteBatch batch) {
        queue.add(batch);
        queued += batch.versions().size();
        notifyAll();
    }

    /** Waits until everything queued so far is in the store. Throws what ended the writer, if it has ended. */
    public void flush() throws InterruptedException {
        flushed(true);
    }

    /** The same, but does not wait for a store that is away: says whether everything is in it. */
    public boolean flushUnlessAway() throws InterruptedException {
        return flushed(false);
    }

    private synchronized boolean flushed(boolean evenIfAway) throws InterruptedException {
        long goal = written + queued;
        requireWorking();
        while (written < goal && (evenIfAway || downSince.isEmpty())) {
            wait();
            requireWorking();
        }
        return written >= goal;
    }

    public synchronized QueueState state() {
        return new QueueState(queued, written, downSince, attempts, problem, failure != null);
    }

    private void requireWorking() {
        if (failure != null) {
            throw new StoreException("the store's writer has ended: " + problem, failure);
        }
        if (closing) {
            throw new IllegalStateException("the store's writer is closed");
        }
    }

    private void work() {
        long pause = FIRST_PAUSE_MILLIS;
        WriteBatch batch = next();
        while (batch != null) {
            try {
                store.accept(batch);
                done(batch);
                pause = FIRST_PAUSE_MILLIS;
                batch = next();
            } catch (StoreUnavailableException e) {
                if (down(e)) {
                    return;
                }
                pace.pause(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            } catch (RuntimeException e) {
                fail(e);
                return;
            }
        }
    }

    /** The batch to write next, which stays in the queue until it is written; null at the end. */
    private synchronized @Nullable WriteBatch next() {
        boolean interrupted = false;
        while (queue.isEmpty() && !closing) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return queue.peek();
    }

    private synchronized void done(WriteBatch batch) {
        queue.remove();
        queued -= batch.versions().size();
        written += batch.versions().size();
        downSince = OptionalLong.empty();
        attempts = 0;
        problem = "";
        notifyAll();
    }

    /** Whether to give up: the writer was closed, and does not wait for a store that is away. */
    private synchronized boolean down(StoreUnavailableException e) {
        if (downSince.isEmpty()) {
            downSince = OptionalLong.of(pace.nowMillis());
        }
        attempts++;
        problem = String.valueOf(e.getMessage());
        notifyAll();
        return closing;
    }

    private synchronized void fail(RuntimeException e) {
        failure = e;
        problem = String.valueOf(e.getMessage());
        notifyAll();
    }

    /**
     * Writes what is queued and ends; if the store is unavailable, tries once more and ends without. What was left is
     * in {@link #state()}, and the caller decides what that means.
     */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        pace.wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
