package dev.starling.device;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * The base versions that are on this node. Devices on many threads read it, the node's {@link BaseModels} actor fills
 * it. A version that is not here is fetched once, however many devices wait for it.
 */
public final class BaseCache {

    private final int capacity;
    private final Map<Integer, CompletableFuture<BaseModel>> versions = new HashMap<>();
    private final Deque<Integer> arrived = new ArrayDeque<>();
    private IntConsumer fetch = version -> {};
    private boolean over;

    /** Keeps the last {@code capacity} versions that arrived, at least 1. */
    public BaseCache(int capacity) {
        this.capacity = capacity;
    }

    /** Who is told of a version that is wanted and not here. */
    synchronized void onMissing(IntConsumer fetchVersion) {
        this.fetch = fetchVersion;
    }

    /** The version, now or as soon as it has arrived; fails with RunOverException if it never will. */
    public synchronized CompletableFuture<BaseModel> version(int version) {
        if (over) {
            return CompletableFuture.failedFuture(new RunOverException());
        }
        return versions.computeIfAbsent(version, wanted -> {
            fetch.accept(wanted);
            return new CompletableFuture<>();
        });
    }

    /** No version will arrive any more: whoever waits for one need not. */
    void end() {
        List<CompletableFuture<BaseModel>> waiting;
        synchronized (this) {
            over = true;
            waiting = missing().stream().map(versions::remove).toList();
        }
        waiting.forEach(version -> version.completeExceptionally(new RunOverException()));
    }

    synchronized boolean has(int version) {
        return find(version).isPresent();
    }

    /** The version, if it is here. */
    synchronized Optional<BaseModel> find(int version) {
        CompletableFuture<BaseModel> found = versions.get(version);
        return found != null && found.isDone() ? Optional.of(found.join()) : Optional.empty();
    }

    /** The newest version that is here. */
    public synchronized Optional<BaseModel> latest() {
        return versions.values().stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .max(Comparator.comparingInt(BaseModel::version));
    }

    /** Versions that somebody waits for. */
    synchronized List<Integer> missing() {
        return versions.entrySet().stream()
                .filter(entry -> !entry.getValue().isDone())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Puts a version here that nobody publishes. */
    public void add(BaseModel base) {
        put(base);
    }

    /** A version has arrived and was verified: whoever waits for it goes on. */
    synchronized void put(BaseModel base) {
        if (has(base.version())) {
            return;
        }
        versions.computeIfAbsent(base.version(), wanted -> new CompletableFuture<>())
                .complete(base);
        arrived.addLast(base.version());
        while (arrived.size() > capacity) {
            versions.remove(arrived.removeFirst());
        }
    }
}
