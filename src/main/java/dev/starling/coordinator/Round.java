package dev.starling.coordinator;

import dev.starling.aggregate.Aggregator;
import dev.starling.aggregate.FoldTotals;
import dev.starling.aggregate.RoundKey;
import dev.starling.base.Ids;
import dev.starling.device.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.DeadLetterSuppression;
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
 * while asking: its devices are asked again, unless its sum is in. A node lost while gathering, or a device found on two
 * nodes: what is missing is asked again under the next attempt, since the frozen sums take nothing more.
 *
 * <p>Nodes of which it is known who is on them are told so beforehand, and hand their sums in unasked: that spares a way
 * there and back, and the last node's training hides the transfers of the others. Where that was wrong, sums are asked for
 * as ever, and a device that came after its node had closed is missing.
 */
final class Round extends AbstractBehavior<Round.Command> {

    private static final Duration CHECK = Duration.ofSeconds(2);

    /** Tasks under way at a time, times the nodes: more than their threads need, less than a connection's queue holds. */
    static final int WINDOW_PER_NODE = 512;

    sealed interface Command {}

    /** Devices are in; nobody misses it if the round is over, as nodes' sums may come sooner. */
    record In(Aggregator.Arrived arrived) implements Command, DeadLetterSuppression {}

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
     * @param parts the nodes that have a part in it, and whose work that is
     */
    record Done(RoundSum sum, Map<String, List<Integer>> parts) implements Event {
        Done {
            parts = Map.copyOf(parts);
        }
    }

    /**
     * @param homes who is probably on which node; empty if there is no idea
     * @param patience as nodes have come and gone before
     */
    static Behavior<Command> create(
            RoundTask task,
            Map<String, ActorRef<Aggregator.Command>> nodes,
            Map<String, Ids> homes,
            ActorRef<Device.Request> devices,
            LongSupplier millis,
            TaskPatience patience,
            ActorRef<Event> coordinator) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Round(context, timers, task, nodes, homes, devices, millis, patience, coordinator)));
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

    /** Nodes that hand in unasked in this attempt, as far as they have not yet. */
    private final Map<String, Ids> unasked = new HashMap<>();

    /** Nodes whose sums of this attempt are in the tally. */
    private final Set<String> summed = new HashSet<>();

    private final Map<String, List<Integer>> parts = new HashMap<>();

    /** Nodes whose sums are awaited, but that have not said what is in them, as of the last check. */
    private Set<String> silent = Set.of();

    private Round(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            RoundTask task,
            Map<String, ActorRef<Aggregator.Command>> nodes,
            Map<String, Ids> homes,
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
        expect(homes);
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

    private void expect(Map<String, Ids> homes) {
        if (nodes.keySet().containsAll(homes.keySet())) {
            homes.forEach(this::expect);
        }
    }

    private void expect(String node, Ids there) {
        unasked.put(node, there);
        tell(node, new Aggregator.Expect(there, SumAssembly.close(key, replies)));
    }

    private void tell(String node, Aggregator.Command command) {
        ActorRef<Aggregator.Command> aggregator = nodes.get(node);
        if (aggregator != null) {
            aggregator.tell(command);
        }
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
            return arrived(arrived.node(), arrived.devices());
        }
        return this;
    }

    private Behavior<Command> arrived(String node, Ids there) {
        window.arrived(node, there);
        coordinator.tell(new Progress(window.arrivedCount()));
        ask();
        if (!window.complete()) {
            return this;
        }
        gathering.addAll(window.nodes());
        gathering.removeAll(summed);
        unasked.keySet().retainAll(gathering);
        sums.keySet().retainAll(gathering);
        gathering.stream().filter(other -> !handsInUnasked(other)).forEach(this::close);
        return nextWaveOrDone();
    }

    /** If it does not after all, checks ask it. */
    private boolean handsInUnasked(String node) {
        Ids there = unasked.get(node);
        return sums.containsKey(node) || (there != null && window.arrivedOn(node, there));
    }

    private void close(String node) {
        tell(node, SumAssembly.close(key, replies));
    }

    private Behavior<Command> onReply(FromAggregator from) {
        Aggregator.Reply reply = from.reply();
        boolean awaited = gathering.contains(reply.node()) || unasked.containsKey(reply.node());
        if (!reply.round().equals(key) || !awaited) {
            return this;
        }
        if (reply instanceof Aggregator.Closed closed && !sums.containsKey(closed.node())) {
            return onClosed(closed);
        } else if (reply instanceof Aggregator.Chunk chunk && sums.containsKey(chunk.node())) {
            sums.get(chunk.node()).put(chunk);
        }
        return pullOrFinish(reply.node());
    }

    /** Who is in is known before the sum is here. */
    private Behavior<Command> onClosed(Aggregator.Closed closed) {
        sums.put(closed.node(), new SumAssembly(closed));
        Behavior<Command> next = gathering.isEmpty()
                ? arrived(closed.node(), Ids.of(closed.totals().handledDevices()))
                : this;
        return next == this ? pullOrFinish(closed.node()) : next;
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
        boolean asking = gathering.isEmpty();
        forget(node);
        FoldTotals totals = assembly.contents().totals();
        if (!tally.add(totals, assembly::addTo)) {
            getContext().getLog().warn("round {}: a device reported on two nodes, all are asked again", key.round());
            gathering.clear();
            parts.clear();
            return nextWaveOrDone();
        }
        summed.add(node);
        parts.computeIfAbsent(node, first -> new ArrayList<>()).addAll(totals.handledDevices());
        return asking ? this : nextWaveOrDone();
    }

    /** Nothing is expected of {@code node} in this attempt any more. */
    private void forget(String node) {
        gathering.remove(node);
        unasked.remove(node);
        sums.remove(node);
    }

    private Behavior<Command> nextWaveOrDone() {
        if (!gathering.isEmpty()) {
            return this;
        }
        Set<Integer> missing = tally.missing();
        if (missing.isEmpty()) {
            coordinator.tell(new Done(tally.sum(), parts));
            return Behaviors.stopped();
        }
        sums.clear();
        unasked.clear();
        summed.clear();
        key = new RoundKey(key.round(), key.attempt() + 1);
        silent = Set.of();
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
        boolean asking = gathering.isEmpty();
        boolean awaited = gathering.contains(lost.node());
        forget(lost.node());
        if (asking) {
            window.nodeLost(lost.node(), summed.contains(lost.node()));
            ask();
        }
        return awaited ? nextWaveOrDone() : this;
    }

    private Behavior<Command> onCheck(Check check) {
        long now = millis.getAsLong();
        window.overdue(now, patience.millis(now)).forEach(this::send);
        Set<String> silentBefore = silent;
        silent = new TreeSet<>(gathering);
        silent.removeAll(sums.keySet());
        silent.stream().filter(silentBefore::contains).forEach(this::close);
        for (String node : new TreeSet<>(sums.keySet())) {
            Objects.requireNonNull(sums.get(node)).restartStalled();
            pullOrFinish(node);
        }
        return this;
    }
}
