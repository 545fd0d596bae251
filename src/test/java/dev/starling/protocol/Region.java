package dev.starling.protocol;

import dev.starling.device.Device;
import dev.starling.metrics.NodeFigures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * A node's part of cluster sharding, in small: starts real devices when the first request for them comes, passes on what
 * is for devices elsewhere, keeps what is for shards that move, stops devices when it is told to.
 */
final class Region extends AbstractBehavior<Object> {

    /** The shard moves away from here. */
    record HandOff(int shard) {}

    /** This device has to make room. */
    record Passivate(int device) {}

    /** Shards have found a home. */
    enum Homes {
        KNOWN
    }

    private final World world;
    private final Place place;
    private final NodeFigures figures;
    private final Map<Integer, ActorRef<Device.Command>> devices = new TreeMap<>();
    private final Set<Integer> stopping = new TreeSet<>();
    private final Set<Integer> leaving = new TreeSet<>();
    private final Deque<Device.Request> waiting = new ArrayDeque<>();

    private Region(ActorContext<Object> context, World world, Place place, NodeFigures figures) {
        super(context);
        this.world = world;
        this.place = place;
        this.figures = figures;
    }

    static Behavior<Object> create(World world, Place place, NodeFigures figures) {
        return Behaviors.setup(context -> new Region(context, world, place, figures));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Device.Request.class, this::onRequest)
                .onMessage(HandOff.class, this::onHandOff)
                .onMessage(Passivate.class, this::onPassivate)
                .onMessageEquals(Homes.KNOWN, this::onHomes)
                .onSignal(Terminated.class, this::onStopped)
                .build();
    }

    private Behavior<Object> onRequest(Device.Request request) {
        Place home = world.home(Shards.shardOf(request.device()), place);
        if (home == null || stopping.contains(request.device())) {
            waiting.add(request);
        } else if (home == place) {
            device(request.device()).tell(request);
        } else {
            world.region(home).tell(request);
        }
        return this;
    }

    private ActorRef<Device.Command> device(int device) {
        return devices.computeIfAbsent(device, unknown -> {
            ActorRef<Device.Command> started =
                    getContext().spawn(Device.create(device, place.hosts(), figures), "device-" + device);
            getContext().watch(started);
            return started;
        });
    }

    private Behavior<Object> onPassivate(Passivate passivate) {
        stop(passivate.device());
        return this;
    }

    private void stop(int device) {
        ActorRef<Device.Command> here = devices.get(device);
        if (here != null && stopping.add(device)) {
            here.tell(Device.Stop.STOP);
        }
    }

    private Behavior<Object> onHandOff(HandOff handOff) {
        leaving.add(handOff.shard());
        List.copyOf(devices.keySet()).stream()
                .filter(device -> Shards.shardOf(device) == handOff.shard())
                .forEach(this::stop);
        return leave();
    }

    private Behavior<Object> onStopped(Terminated terminated) {
        int device = Integer.parseInt(terminated.getRef().path().name().substring("device-".length()));
        devices.remove(device);
        stopping.remove(device);
        leave();
        return onHomes();
    }

    private Behavior<Object> leave() {
        for (int shard : List.copyOf(leaving)) {
            if (devices.keySet().stream().noneMatch(device -> Shards.shardOf(device) == shard)) {
                leaving.remove(shard);
                world.handedOff(shard, place);
            }
        }
        return this;
    }

    private Behavior<Object> onHomes() {
        List<Device.Request> again = new ArrayList<>(waiting);
        waiting.clear();
        again.forEach(this::onRequest);
        return this;
    }
}
