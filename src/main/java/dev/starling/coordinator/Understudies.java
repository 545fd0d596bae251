package dev.starling.coordinator;

import dev.starling.base.WireMessage;
import dev.starling.device.RunSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;

/**
 * A node's part in standing by: for each run that it hears of it may be given the one {@link Understudy} that the cluster
 * has for it.
 */
public final class Understudies extends AbstractBehavior<Understudies.Command> {

    /** Nodes with this role go on with runs whose coordinator is lost. */
    public static final String ROLE = "standby";

    /** The name of this actor below the node's guardian: a fixed path, so that no registry has to spread first. */
    public static final String NAME = "understudies";

    public sealed interface Command {}

    /**
     * Be ready to go on with a run; told again and again.
     *
     * @param coordinator the node that coordinates it, see {@link NodeRoster#nameOf}
     * @param directory of the run, which every node that stands by can write
     */
    public record StandBy(String run, String coordinator, String directory) implements Command, WireMessage {}

    /** A run has ended. */
    public record Dismiss(String run) implements Command, WireMessage {}

    /** The cluster has made this node's understudy the one for {@code run}. */
    record Chosen(String run, ActorRef<Understudy.Command> understudy) implements Command {}

    public static Behavior<Command> create(TakeOver takeOver) {
        return Behaviors.setup(context -> new Understudies(context, takeOver));
    }

    private final TakeOver takeOver;
    private final Set<String> known = new HashSet<>();
    private final Set<String> over = new HashSet<>();
    private final Map<String, ActorRef<Understudy.Command>> chosen = new HashMap<>();

    private Understudies(ActorContext<Command> context, TakeOver takeOver) {
        super(context);
        this.takeOver = takeOver;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(StandBy.class, this::onStandBy)
                .onMessage(Dismiss.class, this::onDismiss)
                .onMessage(Chosen.class, this::onChosen)
                .build();
    }

    private Behavior<Command> onStandBy(StandBy run) {
        if (!known.add(run.run())) {
            return this;
        }
        // What was taken up again is over under its earlier name.
        known.stream().filter(earlier -> RunSpec.isEarlier(earlier, run.run())).forEach(this::end);
        ClusterSingleton.get(getContext().getSystem())
                .init(SingletonActor.of(
                                Understudy.create(run, takeOver, getContext().getSelf()), "understudy-" + run.run())
                        .withSettings(
                                ClusterSingletonSettings.create(getContext().getSystem())
                                        .withRole(ROLE)));
        return this;
    }

    private Behavior<Command> onDismiss(Dismiss dismiss) {
        end(dismiss.run());
        return this;
    }

    private void end(String run) {
        over.add(run);
        ActorRef<Understudy.Command> understudy = chosen.remove(run);
        if (understudy != null) {
            understudy.tell(new Understudy.Dismissed());
        }
    }

    private Behavior<Command> onChosen(Chosen one) {
        if (over.contains(one.run())) {
            one.understudy().tell(new Understudy.Dismissed());
        } else {
            chosen.put(one.run(), one.understudy());
            one.understudy().tell(new Understudy.Watch());
        }
        return this;
    }
}
