package dev.starling.protocol;

import dev.starling.device.Device;
import dev.starling.device.DeviceHost;
import dev.starling.device.NodeAgent;
import dev.starling.device.RunSpec;
import dev.starling.metrics.NodeFigures;
import dev.starling.metrics.RunControl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/** Nodes, the network between them, their cluster and their shards, with one run on them. */
final class World {

    private static final long SECOND = 1_000_000_000L;

    private final Machine machine;
    private final ActorRef<NodeRoot.Command> guardian;
    private final SmallRun run;
    private final SplittableRandom random;
    private final Network network;
    private final Wires wires;
    private final Shards shards;
    private final Membership membership = new Membership();
    private final Downing downing;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Trace trace;
    private final Invariants invariants;
    private final Sessions sessions;
    private final List<DeviceHost> hosts = new ArrayList<>();
    private final int nodes;
    private final int first;
    private final boolean bothGoOn;
    private final boolean watched;
    private @Nullable Partition partition;
    private int joined;

    /** What a world is made from. */
    record Means(Machine machine, ActorRef<NodeRoot.Command> guardian, Path directory) {}

    World(
            Means means,
            SmallRun run,
            Conditions conditions,
            SplittableRandom random,
            Trace trace,
            Invariants invariants) {
        this.machine = means.machine();
        this.guardian = means.guardian();
        this.run = run;
        this.random = random;
        this.network = new Network(machine, random, conditions.network());
        this.shards = new Shards(random);
        this.nodes = conditions.nodes();
        this.first = conditions.first();
        this.bothGoOn = conditions.bothGoOn();
        this.watched = conditions.watched();
        this.downing = new Downing(this, machine, random);
        this.trace = trace;
        this.invariants = invariants;
        this.wires = new Wires(machine, network, trace, invariants);
        this.sessions = new Sessions(this, run, means.directory(), conditions, invariants);
    }

    /** The first nodes come up, and one of them coordinates. */
    void begin() {
        for (int i = 0; i < nodes; i++) {
            join();
        }
    }

    /** A node is started. While nodes cannot reach each other, or one of them is dead, others wait at the door. */
    private void join() {
        downing.foundAnew();
        if (isCut() || downing.isShut()) {
            machine.in(SECOND, null, this::join);
            return;
        }
        String name = "n" + ++joined;
        note("join", name, "");
        spawn(guardian, name, NodeRoot.create(), root -> {
            Place place = new Place(name, root);
            places.put(name, place);
            NodeFigures figures = new NodeFigures(machine::nanos);
            spawn(root, "devices", Region.create(this, place, figures), region -> {
                shards.joined(place, region);
                NodeAgent.Node node = new NodeAgent.Node(name, 1, place.hosts(), this::host, figures);
                spawn(root, "node", NodeAgent.create(node), agent -> {
                    membership.joined(place, agent);
                    coordinate();
                });
            });
        });
    }

    private <T> void spawn(
            ActorRef<NodeRoot.Command> parent,
            String name,
            Behavior<T> behavior,
            java.util.function.Consumer<ActorRef<T>> then) {
        parent.tell(new NodeRoot.Spawn<>(name, behavior, then));
    }

    /** One of the members coordinates, if nobody does and a run is wanted. */
    void coordinate() {
        List<Place> members = membership.members();
        Place before = sessions.place();
        if (before != null && !membership.has(before)) {
            sessions.lost();
        }
        if (sessions.place() == null && !sessions.stopped() && !members.isEmpty() && membership.joined() >= first) {
            Place next = members.get(random.nextInt(members.size()));
            if (next.serves()) { // Otherwise it will soon be a member no more.
                note("coordinate", next.name(), "");
                sessions.start(next, Math.min(nodes, 1 + random.nextInt(nodes)));
            }
        }
    }

    Place place(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new IllegalStateException("no node " + name);
        }
        return place;
    }

    Wires wires() {
        return wires;
    }

    long nanos() {
        return machine.nanos();
    }

    Executor threads() {
        return machine;
    }

    Membership membership() {
        return membership;
    }

    Downing downing() {
        return downing;
    }

    Network network() {
        return network;
    }

    Shards shards() {
        return shards;
    }

    /** Something that a thread of a node does before long. */
    void soon(Runnable action) {
        machine.in(random.nextLong(SECOND), null, () -> {
            action.run();
            coordinate();
        });
    }

    ActorRef<Device.Request> devices(Place place) {
        return shards.devices(place);
    }

    @Nullable
    Place home(int shard, Place asking) {
        return shards.home(shard, asking, membership.members());
    }

    ActorRef<Object> region(Place place) {
        return shards.region(place);
    }

    void handedOff(int shard, Place home) {
        machine.in(0, null, () -> shards.handedOff(shard, home));
    }

    /** What every node would read from the scenario and load is the same, and here already. */
    private DeviceHost host(RunSpec spec, NodeAgent.Node node) {
        DeviceHost host = new DeviceHost(spec, run.scenario(), run.raw(), 1, node.figures());
        hosts.add(host);
        return host;
    }

    void note(String what, String where, Object subject) {
        trace.note(machine.nanos(), what, where, subject);
        trace.count(what);
    }

    /** Somebody failed, and said so in the log. */
    void failed(String error) {
        note("error", "", error);
        invariants.violated("logged: " + error);
    }

    Sessions sessions() {
        return sessions;
    }

    /** Coordinators that run now. */
    int coordinators() {
        int running = 0;
        for (Place place : places.values()) {
            running += place.lives() ? place.coordinators() : 0;
        }
        return running;
    }

    List<Place> living() {
        return places.values().stream().filter(Place::lives).toList();
    }

    /** A living node, if there is one. */
    @Nullable
    Place some() {
        List<Place> living = living();
        return living.isEmpty() ? null : living.get(random.nextInt(living.size()));
    }

    /** Ends the process of a node at once. The others notice after a while, see {@link Downing}, and another one is started. */
    void kill(@Nullable Place place) {
        if (place == null || !place.lives()) {
            return;
        }
        note("kill", place.name(), "");
        place.state(Place.State.DEAD);
        downing.died(place);
        if (watched) {
            downing.seenToDie(place);
        }
        machine.in(random.nextLong(30 * SECOND), null, this::join);
    }

    void killCoordinator() {
        kill(sessions.place());
    }

    /** The network is cut between two sides, unless one such cut has not been got over yet. */
    void split(boolean oneWay, long time) {
        if (!isCut()) {
            List<Place> whole =
                    membership.members().stream().filter(Place::serves).toList();
            Partition.Sides.drawn(whole, oneWay, random).ifPresent(sides -> {
                Partition cut = new Partition(this, machine, random, sides, bothGoOn);
                partition = cut;
                cut.begin(time);
            });
        }
    }

    /** Whether nodes on one side cannot reach those on another. */
    boolean isCut() {
        return partition() != null;
    }

    /** Whether it is open which side of a cut goes on: before that is known, nobody who died is taken out. */
    boolean isUndecided() {
        Partition cut = partition();
        return cut != null && !cut.settled();
    }

    private @Nullable Partition partition() {
        if (partition != null && partition.over()) {
            partition = null;
        }
        return partition;
    }

    void stopActors(Place place) {
        guardian.tell(new NodeRoot.Stop(place.root()));
    }

    /** The process of a node that was cut off ends, and is started again. */
    void exit(Place place) {
        if (place.lives()) {
            note("exit", place.name(), "");
            place.state(Place.State.DEAD);
            machine.in(random.nextLong(30 * SECOND), null, this::join);
            downing.remove(place);
        }
    }

    /** Stops the process of a node for a time that is too short for the others to take it out. */
    void standStill(@Nullable Place place, long time) {
        if (place == null || place.state() != Place.State.RUNS) {
            return;
        }
        note("halt", place.name(), "");
        place.state(Place.State.STANDS_STILL);
        machine.in(time, null, () -> {
            if (place.state() == Place.State.STANDS_STILL) {
                place.state(Place.State.RUNS);
                machine.resume(place);
            }
        });
    }

    void cut(Place from, Place to, long time) {
        note("cut", from + " > " + to, "");
        network.cut(from, to, time);
    }

    void move(int shard) {
        note("move", "", Integer.toString(Shards.shardOf(shard)));
        if (!isCut()) {
            shards.move(Shards.shardOf(shard));
        }
    }

    /** Somewhere devices have to make room. */
    void passivate(int device) {
        Place place = some();
        if (place != null) {
            note("passivate", place.name(), Integer.toString(device));
            shards.region(place).tell(new Region.Passivate(device));
        }
    }

    /** Somebody has the run wait between two rounds. */
    void pause(long time) {
        RunControl control = sessions.control();
        if (control != null) {
            note("pause", "", "");
            control.pause();
            machine.in(time, null, control::resume);
        }
    }

    /** Somebody stops the run, and will take it up again. */
    void stop() {
        RunControl control = sessions.control();
        if (control != null) {
            note("stop", "", "");
            control.stop();
        }
    }

    /** The run has stopped. */
    void stopped() {
        machine.in(SECOND, null, () -> {
            if (coordinators() > 0) {
                stopped(); // Its process has not ended yet.
                return;
            }
            sessions.takeUp();
            coordinate();
        });
    }

    /** Stops all actors that are left and lets go of everything. */
    void end() {
        wires.end();
        for (Place place : places.values()) {
            place.state(Place.State.RUNS);
            machine.resume(place);
            stopActors(place);
        }
        machine.exhaust();
        hosts.forEach(DeviceHost::close);
        sessions.close();
    }
}
