package dev.starling.device;

import dev.starling.aggregate.Aggregator;
import dev.starling.data.RawData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The runs that this node takes part in, shared by its actors: a device of a run waits here until the node is ready
 * for it.
 */
public final class NodeHosts implements AutoCloseable {

    /** A node's place in a run: what devices use, and the actor they report to. */
    public record Place(DeviceHost host, ActorRef<Aggregator.Command> aggregator) {}

    private final Map<String, CompletableFuture<Place>> places = new HashMap<>();
    private final Map<String, RawData> loaded = new HashMap<>();
    private final Set<String> over = new HashSet<>();
    private final List<CompletableFuture<Void>> closing = new ArrayList<>();

    /** The node's place in {@code run}, now or as soon as it is ready; fails with RunOverException if it never will be. */
    public synchronized CompletableFuture<Place> place(String run) {
        if (!places.containsKey(run) && isOver(run)) {
            return CompletableFuture.failedFuture(new RunOverException());
        }
        return places.computeIfAbsent(run, wanted -> new CompletableFuture<>());
    }

    /**
     * Lets devices of a run that nobody coordinates live on this node: they serve what needs no round.
     *
     * @param nobody takes reports that nobody waits for
     */
    public void serve(String run, DeviceHost host, ActorRef<Aggregator.Command> nobody) {
        ready(run, new Place(host, nobody));
    }

    /** Data that somebody on this node has already loaded for {@code run}. */
    public synchronized void offerData(String run, RawData data) {
        loaded.put(run, data);
    }

    synchronized Optional<RawData> takeData(String run) {
        return Optional.ofNullable(loaded.remove(run));
    }

    /** The node is ready for {@code run}. */
    synchronized void ready(String run, Place place) {
        this.place(run).complete(place);
    }

    /**
     * The run is over: lets go of what the node held for it, and of whoever waits for more. Memory off the heap is left to
     * the garbage collector, as devices of a stopped run may still be training in it.
     */
    void release(String run) {
        CompletableFuture<Place> place;
        synchronized (this) {
            over.add(run);
            loaded.remove(run);
            place = places.remove(run);
            if (place != null && place.isDone()) {
                closing.add(place.thenAcceptAsync(there -> there.host().keeper().ifPresent(VersionKeeper::close)));
            }
        }
        if (place != null && !place.completeExceptionally(new RunOverException())) {
            place.join().host().bases().end();
        }
    }

    /** Whether a run was released here, or has been taken up again. */
    synchronized boolean isOver(String run) {
        return over.contains(run) || places.keySet().stream().anyMatch(other -> RunSpec.isEarlier(run, other));
    }

    /** Runs that somebody here is ready for, or waits for. */
    synchronized Set<String> runs() {
        return Set.copyOf(places.keySet());
    }

    /** Lets go of all runs; returns when what they kept is written down. */
    @Override
    public void close() {
        runs().forEach(this::release);
        List<CompletableFuture<Void>> all;
        synchronized (this) {
            all = List.copyOf(closing);
        }
        all.forEach(CompletableFuture::join);
    }
}
