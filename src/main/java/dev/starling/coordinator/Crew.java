package dev.starling.coordinator;

import dev.starling.aggregate.Aggregator;
import dev.starling.base.Ids;
import dev.starling.device.BaseModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes that work for a run: who comes is told what it needs to know, who is gone is forgotten. */
final class Crew {

    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

    private final RunContext context;
    private final ActorRef<BasePublisher.Command> publisher;
    private final ActorRef<NodeRoster.Command> roster;
    private final ActorRef<Aggregator.Report> reports;
    private final Map<String, ActorRef<Aggregator.Command>> nodes = new HashMap<>();
    private final Homes homes;
    private TaskPatience patience = TaskPatience.SETTLED;
    private int expected;
    private boolean underWay;

    /** @param reports where nodes report to */
    Crew(
            RunContext context,
            ActorRef<BasePublisher.Command> publisher,
            ActorRef<NodeRoster.Command> roster,
            ActorRef<Aggregator.Report> reports) {
        this.context = context;
        this.publisher = publisher;
        this.roster = roster;
        this.reports = reports;
        this.homes = new Homes(context.shardOf());
        this.expected = context.nodes();
    }

    /** Whether as many are there as the run wants before it begins; a node that was lost is not waited for. */
    boolean complete() {
        return nodes.size() >= expected;
    }

    /** From now on the run does with whoever is there: nodes have just joined, or the coordinator before was just lost. */
    void begins() {
        underWay = true;
        patience = TaskPatience.unsettled(context.millis());
    }

    int size() {
        return nodes.size();
    }

    /** The nodes as they are now: children read them on threads of their own. */
    Map<String, ActorRef<Aggregator.Command>> nodes() {
        return Map.copyOf(nodes);
    }

    /** Lets the nodes fetch the coming round's base; safe to call from any thread. */
    void announce(BaseModel next) {
        publisher.tell(new BasePublisher.Announce(next));
    }

    /** One round with the nodes that are here now. What trains for long gains nothing by a guess where its devices are. */
    Behavior<Round.Command> round(RoundTask task, ActorRef<Round.Event> coordinator) {
        boolean small = task.devices().size() <= Round.WINDOW_PER_NODE * nodes.size();
        Map<String, Ids> probably = small ? homes.of(task.devices()) : Map.of();
        return Round.create(task, nodes(), probably, context.devices(), context::millis, patience, coordinator);
    }

    /** In a round of {@code run} that is not committed yet nodes have handed in what these devices did. */
    void handedIn(FederatedRun run, Map<String, List<Integer>> devices) {
        devices.forEach((node, there) -> {
            if (nodes.containsKey(node)) {
                homes.found(there, node);
            }
        });
        if (run.plansRounds()) {
            publisher.tell(new BasePublisher.Trained(devices.keySet()));
        }
    }

    /** Notes what happened to a node, and returns what the running round must know of it. */
    Optional<Round.Command> note(NodeRoster.Event event) {
        if (event instanceof NodeRoster.Ready ready) {
            boolean joined = nodes.put(ready.node(), ready.aggregator()) == null;
            if (joined) {
                homes.forget();
            }
            if (joined && underWay) {
                patience = TaskPatience.unsettled(context.millis());
            }
            publisher.tell(new BasePublisher.Serve(ready.node(), ready.baseModels()));
            ready.aggregator().tell(new Aggregator.ReportTo(reports));
            return Optional.of(new Round.NodeJoined(ready.node(), ready.aggregator()));
        } else if (event instanceof NodeRoster.Gone gone) {
            if (nodes.remove(gone.node()) != null) {
                LOG.warn("node {} is gone; its devices go on elsewhere", gone.node());
            }
            homes.forget();
            patience = TaskPatience.unsettled(context.millis());
            publisher.tell(new BasePublisher.Forget(gone.node()));
            expected = underWay ? expected : Math.max(1, expected - 1);
            return Optional.of(new Round.NodeLost(gone.node()));
        } else if (event instanceof NodeRoster.Refused refused) {
            LOG.warn("{} cannot take part and is told to leave: {}", refused.node(), refused.reason());
            roster.tell(new NodeRoster.Expel(refused.node()));
        } else if (event instanceof NodeRoster.Seen seen) {
            context.listener().nodes(seen.members(), seen.unreachable());
        }
        return Optional.empty();
    }
}
