package dev.starling.coordinator;

import dev.starling.aggregate.Aggregator;
import dev.starling.aggregate.RoundKey;
import dev.starling.device.Device;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One round of training: asks the reporters, waits until all are in, and gathers the nodes' partial sums.
 *
 * <p>Asking (a window of devices under way) → gathering (all are in; sums are frozen and pulled) → done. A node lost
 * while asking: its devices are asked again. A node lost while gathering, or a device found on two nodes: what is
 * missing is asked again under the next attempt, since the frozen sums take nothing more.
 */
final class Round extends AbstractBehavior<Round.Command> {

    private static final Duration CHECK = Duration.ofSeconds(2);

    /** Tasks under way at a time, times the nodes: more than their threads need, less than a connection's queue holds. */
    static final int WINDOW_PER_NODE = 512;

    sealed interface Command {}

    /** Devices are in. */
    record In(Aggregator.Arrived arrived) implements Command {}

    /** A node joined the run. Told more than once. */
    record NodeJoined(String node, ActorRef<Aggregator.Command> aggregator) implements Command {}

    /** A node was lost. */
    record NodeLost(String node) implements Command {}

    private record FromAggregator(Aggregator.Reply reply) implements Command {}

    private record Check() implements Command {}

    /** What the coordinator is told. */
    sealed interface Event {}

    /** So many reporters are in. */
    record Progress(int reported) implements Event {}

    /**
     * The round's sum is complete.
     *
     * @param nodes that have a part in it
     */
    record Done(RoundSum sum, Set<String> nodes) implements Event {
        Done {
            nodes = Set.copyOf(nodes);
        }
    }

    /** @param patience as nodes have come and gone before */
    static Behavior<Command> create(
            RoundTask task,
            Map<String, ActorRef<Aggregator.Command>> nodes,
            ActorRef<Device.Request> devices,
            LongSupplier millis,
            TaskPatience patience,
            ActorRef<Event> coordinator) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Round(context, timers, task, nodes, devices, millis, patience, coordinator)));
    }

    private final RoundTask task;
    private final Map<String, ActorRef<Aggregator.Command>> nodes;
    private final ActorRef<Device.Request> devices;
    private final LongSupplier millis;
    private final ActorRef<Event> coordinator;
    private final ActorRef<Aggregator.Reply> replies;
    private final Map<String, SumAssembly> sums = new HashMap<>();
    private final RoundTally tally;
    private TaskWindow window;
    private TaskPatience patience;
    private RoundKey key;
    private final Set<String> gathering = new HashSet<>();
    private final Set<String> contributed = new HashSet<>();

    private Round(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            RoundTask task,
            Map<String, ActorRef<Aggregator.Command>> nodes,
            ActorRef<Device.Request> devices,
            LongSupplier millis,
            TaskPatience patience,
            ActorRef<Event> coordinator) {
        super(context);
        this.task = task;
        this.nodes = new HashMap<>(nodes);
        this.devices = devices;
        this.millis = millis;
        this.patience = patience;
        this.coordinator = coordinator;
        this.replies = context.messageAdapter(Aggregator.Reply.class, FromAggregator::new);
        this.tally = new RoundTally(task.devices(), task.values());
        this.key = new RoundKey(task.round(), 1);
        this.window = new TaskWindow(task.devices());
        timers.startTimerWithFixedDelay(new Check(), CHECK);
        ask();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(In.class, this::onIn)
                .onMessage(FromAggregator.class, this::onReply)
                .onMessage(NodeJoined.class, this::onNodeJoined)
                .onMessage(NodeLost.class, this::onNodeLost)
                .onMessage(Check.class, this::onCheck)
                .build();
    }

    private void ask() {
        window.next(WINDOW_PER_NODE * nodes.size(), millis.getAsLong()).forEach(this::send);
    }

    private void send(int device) {
        devices.tell(task.train(device, key.attempt()));
    }

    private Behavior<Command> onIn(In in) {
        Aggregator.Arrived arrived = in.arrived();
        if (arrived.round().equals(key) && gathering.isEmpty() && nodes.containsKey(arrived.node())) {
            window.arrived(arrived.node(), arrived.devices());
            coordinator.tell(new Progress(window.arrivedCount()));
            ask();
            if (window.complete()) {
                gather();
            }
        }
        return this;
    }

    private void gather() {
        gathering.addAll(window.nodes());
        gathering.forEach(this::close);
    }

    private void close(String node) {
        ActorRef<Aggregator.Command> aggregator = nodes.get(node);
        if (aggregator != null) {
            aggregator.tell(SumAssembly.close(key, replies));
        }
    }

    private Behavior<Command> onReply(FromAggregator from) {
        Aggregator.Reply reply = from.reply();
        if (!reply.round().equals(key) || !gathering.contains(reply.node())) {
            return this;
        }
        if (reply instanceof Aggregator.Closed closed) {
            sums.computeIfAbsent(closed.node(), node -> new SumAssembly(closed));
        } else if (reply instanceof Aggregator.Chunk chunk && sums.containsKey(chunk.node())) {
            sums.get(chunk.node()).put(chunk);
        }
        return pullOrFinish(reply.node());
    }

    private Behavior<Command> pullOrFinish(String node) {
        SumAssembly assembly = sums.get(node);
        ActorRef<Aggregator.Command> aggregator = nodes.get(node);
        if (assembly == null || aggregator == null) {
            return this;
        }
        if (!assembly.isWhole()) {
            assembly.nextPulls()
                    .forEach(first -> aggregator.tell(new Aggregator.Pull(key, first, assembly.count(first), replies)));
            return this;
        }
        gathered(node);
        contributed.add(node);
        if (!tally.add(assembly.contents().totals(), assembly::addTo)) {
            getContext().getLog().warn("round {}: a device reported on two nodes, all are asked again", key.round());
            gathering.clear();
        }
        return nextWaveOrDone();
    }

    private void gathered(String node) {
        gathering.remove(node);
        sums.remove(node);
    }

    private Behavior<Command> nextWaveOrDone() {
        if (!gathering.isEmpty()) {
            return this;
        }
        Set<Integer> missing = tally.missing();
        if (missing.isEmpty()) {
            coordinator.tell(new Done(tally.sum(), contributed));
            return Behaviors.stopped();
        }
        sums.clear();
        key = new RoundKey(key.round(), key.attempt() + 1);
        window = new TaskWindow(missing);
        ask();
        return this;
    }

    private Behavior<Command> onNodeJoined(NodeJoined joined) {
        if (nodes.put(joined.node(), joined.aggregator()) == null) {
            patience = TaskPatience.unsettled(millis.getAsLong());
        }
        if (gathering.isEmpty()) {
            ask();
        }
        return this;
    }

    private Behavior<Command> onNodeLost(NodeLost lost) {
        nodes.remove(lost.node());
        patience = TaskPatience.unsettled(millis.getAsLong());
        if (gathering.contains(lost.node())) {
            gathered(lost.node());
            return nextWaveOrDone();
        }
        if (gathering.isEmpty()) {
            window.nodeLost(lost.node());
            ask();
        }
        return this;
    }

    private Behavior<Command> onCheck(Check check) {
        long now = millis.getAsLong();
        window.overdue(now, patience.millis(now)).forEach(this::send);
        for (String node : List.copyOf(gathering)) {
            SumAssembly assembly = sums.get(node);
            if (assembly == null) {
                close(node);
            } else {
                assembly.restartStalled();
                pullOrFinish(node);
            }
        }
        return this;
    }
}
