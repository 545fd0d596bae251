package dev.starling.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.dispatch.Mailbox;
import org.jspecify.annotations.Nullable;

/**
 * One thread that plays all threads of all nodes, and the clock. Whatever is ready to run runs in an order that is drawn;
 * time passes only when it is drawn that it does, or when nothing is ready.
 */
final class Machine implements Executor {

    /** Something that happens at a time, on a node or between nodes. */
    private record Due(long at, long number, @Nullable Place place, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** Work that somebody on {@code place} handed to a thread pool. */
    private record Task(@Nullable Place place, Runnable work) implements Runnable {
        @Override
        public void run() {
            work.run();
        }
    }

    private final PriorityQueue<Due> agenda = new PriorityQueue<>();
    private final Deque<Runnable> first = new ArrayDeque<>();
    private final List<Runnable> ready = new ArrayList<>();
    private volatile @Nullable ExecutorService starting = Executors.newSingleThreadExecutor();
    private @Nullable World world;
    private @Nullable Place current;
    private long nanos;
    private long number;

    /** From now on this machine plays all threads. Before, there is a real one: an actor system blocks while it starts. */
    void take() {
        ExecutorService real = starting;
        if (real != null) {
            // What is under way there may hand in more.
            for (int i = 0; i < 100; i++) {
                CompletableFuture.runAsync(() -> {}, real).join();
            }
            starting = null;
            real.shutdown();
        }
    }

    /** Another world begins; null when there is none. */
    void host(@Nullable World next) {
        world = next;
        nanos = 0;
        number = 0;
        agenda.clear();
        first.clear();
        ready.clear();
    }

    @Nullable
    World world() {
        return world;
    }

    /** Whose thread is running; null for the world itself. */
    @Nullable
    Place current() {
        return current;
    }

    long nanos() {
        return nanos;
    }

    /** Has {@code action} happen {@code delayNanos} from now, on {@code place}. */
    void in(long delayNanos, @Nullable Place place, Runnable action) {
        agenda.add(new Due(nanos + Math.max(0, delayNanos), number++, place, action));
    }

    @Override
    public void execute(Runnable work) {
        ExecutorService real = starting;
        if (real != null) {
            real.execute(work);
        } else if (!(work instanceof Mailbox)) {
            ready.add(new Task(current, work));
        } else if (queue(work) == null || isUrgent(work)) {
            first.add(work);
        } else {
            ready.add(work);
        }
    }

    private static @Nullable NodeQueue queue(Runnable work) {
        return work instanceof Mailbox mailbox && mailbox.messageQueue() instanceof NodeQueue queue ? queue : null;
    }

    /** What only starts or stops actors is not worth a draw. */
    private static boolean isUrgent(Runnable work) {
        NodeQueue queue = queue(work);
        return queue == null || queue.place() == null || !queue.hasMessages();
    }

    private static @Nullable Place placeOf(Runnable work) {
        if (work instanceof Task task) {
            return task.place();
        }
        NodeQueue queue = queue(work);
        return queue == null ? null : queue.place();
    }

    /** Runs all that is urgent. */
    void settle() {
        for (Runnable work = first.poll(); work != null; work = first.poll()) {
            run(work);
        }
    }

    /** Runs all actors, but nothing else, until none has anything to do; time stands still. */
    void exhaust() {
        settle();
        while (!ready.isEmpty()) {
            Runnable last = ready.remove(ready.size() - 1);
            if (last instanceof Mailbox) {
                run(last);
            }
            settle();
        }
    }

    /**
     * One event: something that is ready, or what happens next.
     *
     * @return false if nothing will ever happen again
     */
    boolean step(SplittableRandom random, int slowness) {
        settle();
        boolean waits = ready.isEmpty() || (!agenda.isEmpty() && random.nextInt(1000) < slowness);
        if (!waits) {
            int drawn = ready.size() == 1 ? 0 : random.nextInt(ready.size());
            Runnable work = ready.get(drawn);
            Runnable last = ready.remove(ready.size() - 1);
            if (drawn < ready.size()) {
                ready.set(drawn, last);
            }
            run(work);
        } else {
            Due due = agenda.poll();
            if (due == null) {
                return false;
            }
            nanos = Math.max(nanos, due.at());
            on(due.place(), due.action());
        }
        settle();
        return true;
    }

    private void run(Runnable work) {
        on(placeOf(work), work);
    }

    /** A node that stands still takes up later what it would do now; one that is gone never does. */
    private void on(@Nullable Place place, Runnable work) {
        if (place != null && !place.runs()) {
            place.park(work);
            return;
        }
        current = place;
        try {
            work.run();
        } finally {
            current = null;
        }
    }

    /** What {@code place} did not do while it stood still is ready again. */
    void resume(Place place) {
        place.parked().forEach(work -> {
            if (isUrgent(work) && work instanceof Mailbox) {
                first.add(work);
            } else {
                ready.add(work instanceof Mailbox || work instanceof Task ? work : new Task(place, work));
            }
        });
        place.parked().clear();
    }
}
