package dev.starling.device;

import dev.starling.aggregate.Aggregator;
import dev.starling.aggregate.RoundEnds;
import dev.starling.aggregate.TransportThreads;
import dev.starling.base.Causes;
import dev.starling.base.WireMessage;
import dev.starling.metrics.NodeFigures;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The node's side of joining a run: checks that node and coordinator agree on software, scenario and data, sets up
 * what devices need, and says so, or refuses with the reason.
 *
 * <p>Per run: unknown → preparing (data is loading) → ready → released. {@link Prepare} for a run that is ready is
 * only answered again, for one that was released not at all. A run that is taken up again releases what it was before.
 */
public final class NodeAgent extends AbstractBehavior<NodeAgent.Command> {

    public sealed interface Command {}

    /** Take part in this run. */
    public record Prepare(RunSpec spec, ActorRef<Reply> replyTo) implements Command, WireMessage {}

    /** The run is over: free what it needed. */
    public record Release(String run) implements Command, WireMessage {}

    private record Loaded(Prepare request, DeviceHost host) implements Command {}

    private record Refusal(Prepare request, String reason) implements Command {}

    public sealed interface Reply extends WireMessage {
        String node();
    }

    /** The node is ready; the actors to talk to. */
    public record Prepared(
            String node, int threads, ActorRef<BaseModels.Command> baseModels, ActorRef<Aggregator.Command> aggregator)
            implements Reply {}

    /** The node cannot take part. */
    public record Refused(String node, String reason) implements Reply {}

    private record Staff(ActorRef<BaseModels.Command> baseModels, ActorRef<Aggregator.Command> aggregator) {}

    /** What a node brings to every run. */
    public record Node(String name, int threads, NodeHosts hosts, HostFactory factory, NodeFigures figures) {}

    public static Behavior<Command> create(Node node) {
        return Behaviors.setup(context -> new NodeAgent(context, node));
    }

    private final Node node;
    private final Executor loading;
    private final Set<String> preparing = new HashSet<>();
    private final Map<String, Staff> runs = new HashMap<>();

    private NodeAgent(ActorContext<Command> context, Node node) {
        super(context);
        this.node = node;
        this.loading = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Prepare.class, this::onPrepare)
                .onMessage(Loaded.class, this::onLoaded)
                .onMessage(Refusal.class, this::onRefusal)
                .onMessage(Release.class, this::onRelease)
                .build();
    }

    private Behavior<Command> onPrepare(Prepare prepare) {
        Staff staff = runs.get(prepare.spec().run());
        if (staff != null) {
            answer(prepare, staff);
            return this;
        }
        if (node.hosts().isOver(prepare.spec().run())
                || !preparing.add(prepare.spec().run())) {
            return this;
        }
        releaseEarlier(prepare.spec().run());
        getContext()
                .pipeToSelf(
                        CompletableFuture.supplyAsync(() -> node.factory().host(prepare.spec(), node), loading),
                        (host, failure) -> failure == null
                                ? new Loaded(prepare, host)
                                : new Refusal(prepare, Causes.sentence(failure)));
        return this;
    }

    private Behavior<Command> onLoaded(Loaded loaded) {
        Prepare prepare = loaded.request();
        String run = prepare.spec().run();
        if (!preparing.remove(run)) {
            loaded.host().close(); // Released while it was loading.
            return this;
        }
        DeviceHost host = loaded.host();
        ActorRef<BaseModels.Command> baseModels =
                spawn(BaseModels.create(host.architecture().layout(), host.bases()), "bases-" + run);
        ActorRef<Aggregator.Command> aggregator =
                spawn(Aggregator.create(node.name(), host.folds(), ends(host)), "aggregator-" + run);
        Staff staff = new Staff(baseModels, aggregator);
        runs.put(run, staff);
        node.hosts().ready(run, new NodeHosts.Place(host, aggregator));
        answer(prepare, staff);
        return this;
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        return getContext().spawn(behavior, name, TransportThreads.SELECTOR);
    }

    private static RoundEnds ends(DeviceHost host) {
        return host.keeper().map(RoundEnds.class::cast).orElse(RoundEnds.NONE);
    }

    private void answer(Prepare prepare, Staff staff) {
        prepare.replyTo().tell(new Prepared(node.name(), node.threads(), staff.baseModels(), staff.aggregator()));
    }

    private Behavior<Command> onRefusal(Refusal refusal) {
        preparing.remove(refusal.request().spec().run());
        getContext().getLog().error("cannot take part in a run: {}", refusal.reason());
        refusal.request().replyTo().tell(new Refused(node.name(), refusal.reason()));
        return this;
    }

    /** What was taken up again is over under its earlier name: who coordinated it then may have been killed. */
    private void releaseEarlier(String run) {
        Set<String> known = new HashSet<>(node.hosts().runs());
        known.addAll(preparing);
        known.stream().filter(other -> RunSpec.isEarlier(other, run)).forEach(this::release);
    }

    private Behavior<Command> onRelease(Release release) {
        release(release.run());
        return this;
    }

    private void release(String run) {
        preparing.remove(run);
        Staff staff = runs.remove(run);
        if (staff != null) {
            getContext().stop(staff.baseModels());
            getContext().stop(staff.aggregator());
        }
        node.hosts().release(run);
    }
}
