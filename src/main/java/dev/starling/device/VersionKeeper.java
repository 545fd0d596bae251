package dev.starling.device;

import dev.starling.aggregate.RoundEnds;
import dev.starling.metrics.KeptFigures;
import dev.starling.metrics.StoreWait;
import dev.starling.store.Replayer;
import dev.starling.store.StoreException;
import dev.starling.store.VersionKey;
import dev.starling.store.sql.ModelStore;
import dev.starling.store.sql.NewVersion;
import dev.starling.store.sql.QueueState;
import dev.starling.store.sql.QueuedWriter;
import dev.starling.store.sql.WriteBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the versions of all models that one node makes in one run. They are encoded by the thread that made them and
 * written in one transaction a round, by a thread of its own. While the store is away they wait in memory; when too many
 * wait, rounds do: a round does not close before its versions have found room in the queue, and no training thread is
 * held meanwhile, so that devices go on to answer. Only a round that alone is too large for the queue holds its threads.
 *
 * <p>Batches are queued in the order in which they were filled: each builds on those before. The first that refers to a
 * base holds it too, so that nodes need not wait for each other. What can never be written is told when the round closes, not
 * to the device. Thread-safe.
 */
final class VersionKeeper implements RoundEnds, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VersionKeeper.class);

    /**
     * How one node keeps versions.
     *
     * @param atOnce versions of a round that are written before its end: bounds memory in large rounds
     * @param blocking where waiting for the store does no harm
     * @param nowMillis the clock of the writer's {@link QueueState}
     * @param nanoTime wall time, only for measuring
     */
    record Means(
            ModelStore store,
            QueuedWriter writer,
            int atOnce,
            Replayer replayer,
            Executor blocking,
            LongSupplier nowMillis,
            LongSupplier nanoTime) {}

    private final String run;
    private final VersionForms forms;
    private final KeptLedger ledger;
    private final Means means;
    private final Map<Integer, VersionForms.Kept> last = new ConcurrentHashMap<>();
    private final Set<Integer> bases = new HashSet<>();
    private final List<NewVersion> waiting = new ArrayList<>();
    private final Object order = new Object();
    private final AtomicInteger blocked = new AtomicInteger();
    /** Versions that wait for room in the queue, or were refused there. */
    private final AtomicInteger entering = new AtomicInteger();

    private CompletableFuture<Void> sealed = CompletableFuture.completedFuture(null);
    private volatile @Nullable RuntimeException failure;
    private volatile boolean closed;

    VersionKeeper(String run, VersionForms forms, KeptLedger ledger, Means means) {
        this.run = run;
        this.forms = forms;
        this.ledger = ledger;
        this.means = means;
    }

    /**
     * Keeps what {@code device} has just made. Never throws: its work counts whether it can be kept or not.
     *
     * @param before its model before, if it had one
     * @param again makes the same model once more: only asked where that alone would be kept
     */
    void keep(
            int device,
            PersonalModel model,
            BaseModel base,
            @Nullable PersonalModel before,
            Supplier<PersonalModel> again) {
        if (closed || failure != null) {
            return;
        }
        try {
            VersionForms.Kept parent = last.get(device);
            // Another node may have made what is held now: then it is not known to be in the store.
            boolean known = before != null
                    && parent != null
                    && parent.round() == before.work().round();
            Optional<VersionForms.Parent> from = known && before != null && parent != null
                    ? Optional.of(new VersionForms.Parent(parent, before.weights()))
                    : Optional.empty();
            long start = means.nanoTime().getAsLong();
            VersionForms.Formed formed = forms.form(device, model, base, from, again);
            double seconds = (means.nanoTime().getAsLong() - start) / 1e9;
            last.put(device, formed.kept());
            ledger.version(formed.version(), formed.cost(), seconds);
            add(base, Optional.of(formed.version()));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Keeps a base that no device has worked from. */
    void keep(BaseModel base) {
        add(base, Optional.empty());
    }

    private void add(BaseModel base, Optional<NewVersion> version) {
        boolean full;
        synchronized (waiting) {
            if (closed) {
                return;
            }
            if (bases.add(base.version())) {
                NewVersion kept = forms.base(base);
                ledger.base(kept);
                waiting.add(kept);
            }
            version.ifPresent(waiting::add);
            full = waiting.size() >= means.atOnce();
        }
        if (full) {
            putWaiting();
        }
    }

    /** Queues all that waits; waits itself while the queue is full. */
    private void putWaiting() {
        synchronized (order) {
            List<NewVersion> versions = closed ? List.of() : taken();
            if (versions.isEmpty()) {
                return;
            }
            blocked.incrementAndGet();
            entering.addAndGet(versions.size());
            try {
                means.writer().put(new WriteBatch(run, versions));
                entering.addAndGet(-versions.size());
            } catch (InterruptedException e) {
                throw interrupted(e);
            } finally {
                blocked.decrementAndGet();
            }
        }
    }

    /** What waits, each version once: a device that is asked twice in a round makes the same version twice. */
    private List<NewVersion> taken() {
        Map<VersionKey, NewVersion> once = new LinkedHashMap<>();
        synchronized (waiting) {
            waiting.forEach(version -> once.put(version.key(), version));
            waiting.clear();
        }
        return List.copyOf(once.values());
    }

    private void fail(RuntimeException e) {
        if (!closed && failure == null) {
            LOG.error("versions cannot be kept any more", e);
            failure = e;
        }
    }

    @Override
    public synchronized CompletableFuture<Void> roundClosed() {
        sealed = sealed.thenRunAsync(this::seal, means.blocking());
        return sealed;
    }

    private void seal() {
        putWaiting();
        RuntimeException broken = failure;
        if (broken != null) {
            throw broken;
        }
        QueueState state = means.writer().state();
        if (state.failed()) {
            throw new StoreException(state.problem());
        }
    }

    /**
     * What is queued goes first: there is room for what waits then. Nothing else is made meanwhile that could take it, unless
     * rounds overlap.
     */
    @Override
    public CompletableFuture<Boolean> written() {
        return CompletableFuture.supplyAsync(
                () -> {
                    if (!flushedUnlessAway()) {
                        return false;
                    }
                    seal();
                    return flushedUnlessAway();
                },
                means.blocking());
    }

    private boolean flushedUnlessAway() {
        try {
            return means.writer().flushUnlessAway();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public CompletableFuture<KeptFigures> settled() {
        return roundClosed().thenApplyAsync(done -> flushed(), means.blocking());
    }

    private KeptFigures flushed() {
        try {
            means.writer().flush();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return ledger.figures(this::secondsToRecover);
    }

    private static StoreException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StoreException("interrupted while waiting for the store", e);
    }

    private double secondsToRecover(VersionKey key) {
        long start = means.nanoTime().getAsLong();
        means.store().recover(run, key, Optional.of(means.replayer()));
        return (means.nanoTime().getAsLong() - start) / 1e9;
    }

    /** What waits for the store, for people. */
    StoreWait state() {
        QueueState state = means.writer().state();
        int unqueued;
        synchronized (waiting) {
            unqueued = waiting.size();
        }
        double away = state.downSinceMillis().isEmpty()
                ? 0
                : Math.max(
                                1,
                                means.nowMillis().getAsLong()
                                        - state.downSinceMillis().getAsLong())
                        / 1e3;
        boolean trainingWaits = away > 0 && blocked.get() > 0;
        return new StoreWait(
                state.queued() + unqueued + entering.get(), state.written(), away, trainingWaits, state.problem());
    }

    /** Writes what it can and ends; says in the log what it could not. What is made from then on is not kept. */
    @Override
    public void close() {
        synchronized (waiting) {
            if (closed) {
                return;
            }
            closed = true;
        }
        List<NewVersion> left = taken();
        long lost = 0;
        try {
            lost = left.isEmpty() || means.writer().offer(new WriteBatch(run, left)) ? 0 : left.size();
        } catch (StoreException e) {
            lost = left.size(); // The writer has failed, and said so.
        }
        means.writer().close();
        synchronized (order) { // Whom the queue had no room for has been sent away by now.
            lost += means.writer().state().queued() + entering.get();
        }
        if (lost > 0) {
            String problem = means.writer().state().problem();
            LOG.error(
                    "{} versions were not written: {}",
                    lost,
                    problem.isEmpty() ? "there was no room left for them in the queue" : problem);
        }
        means.store().close();
    }
}
