package dev.starling.device;

import dev.starling.aggregate.RoundEnds;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the versions of all models that one node makes in one run. They are encoded by the thread that made them and
 * written in one transaction a round, by a thread of its own; while the store is away they wait in memory, and when too
 * many wait, training does.
 *
 * <p>A batch holds the bases that its versions refer to, so that nodes need not wait for each other. Thread-safe.
 */
final class VersionKeeper implements RoundEnds, AutoCloseable {

    /** Versions of a round that are written before its end: bounds memory in large rounds. */
    private static final int AT_ONCE = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(VersionKeeper.class);

    private final String run;
    private final VersionForms forms;
    private final QueuedWriter writer;
    private final ModelStore store;
    private final Executor blocking;
    private final Map<Integer, VersionForms.Kept> last = new ConcurrentHashMap<>();
    private final Set<Integer> bases = new HashSet<>();
    private final List<NewVersion> waiting = new ArrayList<>();
    private CompletableFuture<Void> sealed = CompletableFuture.completedFuture(null);

    /** @param blocking where waiting for the store does no harm */
    VersionKeeper(String run, VersionForms forms, QueuedWriter writer, ModelStore store, Executor blocking) {
        this.store = store;
        this.run = run;
        this.forms = forms;
        this.writer = writer;
        this.blocking = blocking;
    }

    /**
     * Keeps what {@code device} has just made.
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
        VersionForms.Kept parent = last.get(device);
        // Another node may have made what is held now: then it is not known to be in the store.
        boolean known = before != null
                && parent != null
                && parent.round() == before.work().round();
        Optional<VersionForms.Parent> from = known && before != null && parent != null
                ? Optional.of(new VersionForms.Parent(parent, before.weights()))
                : Optional.empty();
        VersionForms.Formed formed = forms.form(device, model, base, from, again);
        last.put(device, formed.kept());
        add(base, formed.version());
    }

    private void add(BaseModel base, NewVersion version) {
        List<NewVersion> full = List.of();
        synchronized (waiting) {
            if (bases.add(base.version())) {
                waiting.add(forms.base(base));
            }
            waiting.add(version);
            if (waiting.size() >= AT_ONCE) {
                full = taken();
            }
        }
        put(full);
    }

    /** Keeps a base that no device has worked from. */
    void keep(BaseModel base) {
        synchronized (waiting) {
            if (bases.add(base.version())) {
                waiting.add(forms.base(base));
            }
        }
    }

    private List<NewVersion> taken() {
        List<NewVersion> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    private void put(List<NewVersion> versions) {
        if (versions.isEmpty()) {
            return;
        }
        try {
            writer.put(new WriteBatch(run, unique(versions)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the store was busy", e);
        }
    }

    /** A device that is asked twice in a round makes the same version twice: the last stays. */
    private static List<NewVersion> unique(List<NewVersion> versions) {
        Map<VersionKey, NewVersion> once = new LinkedHashMap<>();
        versions.forEach(version -> once.put(version.key(), version));
        return List.copyOf(once.values());
    }

    @Override
    public void roundClosed() {
        CompletableFuture<Void> unused = seal(); // what fails here fails again when the run settles
    }

    private CompletableFuture<Void> seal() {
        synchronized (waiting) {
            List<NewVersion> versions = taken();
            sealed = sealed.thenRunAsync(() -> put(versions), blocking);
            return sealed;
        }
    }

    @Override
    public CompletableFuture<Void> settled() {
        return seal().thenRunAsync(this::flush, blocking);
    }

    private void flush() {
        try {
            writer.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the store", e);
        }
    }

    /** How the writer is doing. */
    QueueState state() {
        return writer.state();
    }

    /** Writes what it can and ends. */
    @Override
    public void close() {
        List<NewVersion> left = locked();
        if (!left.isEmpty() && !writer.offer(new WriteBatch(run, unique(left)))) {
            LOG.warn("{} versions could not be kept: the store is away, and too many wait", left.size());
        }
        writer.close();
        store.close();
    }

    private List<NewVersion> locked() {
        synchronized (waiting) {
            return taken();
        }
    }
}
