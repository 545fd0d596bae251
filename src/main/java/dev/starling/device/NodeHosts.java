package dev.starling.device;

import dev.starling.aggregate.Aggregator;
import dev.starling.data.RawData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final List<CompletableFuture<Void>> closing = new ArrayList<>();

    /** The node's place in {@code run}, now or as soon as it is ready. */
    public synchronized CompletableFuture<Place> place(String run) {
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
     * The run is over: lets go of what the node held for it. Memory off the heap is left to the garbage collector, as
     * devices of a stopped run may still be training in it.
     */
    synchronized void release(String run) {
        CompletableFuture<Place> place = places.remove(run);
        loaded.remove(run);
        if (place != null) {
            closing.add(place.thenAcceptAsync(there -> there.host().keeper().ifPresent(VersionKeeper::close)));
        }
    }

    /** Lets go of all runs; returns when what they kept is written down. */
    @Override
    public void close() {
        List<CompletableFuture<Void>> all;
        synchronized (this) {
            places.values().removeIf(place -> !place.isDone()); // nobody was ever ready for these
            List.copyOf(places.keySet()).forEach(this::release);
            all = List.copyOf(closing);
        }
        all.forEach(CompletableFuture::join);
    }
}
